import type { Command } from 'commander';
import type { RunnableAction } from './actions.ts';
import { addBuildFlags, type BuildFlags, checkInputs, targetInputs } from './build-flags.ts';
import { requireBuilt } from './built-folder.ts';
import { givenSecrets } from './given.ts';
import { addInputFlags, givenInputs } from './input-flags.ts';
import type { Start } from './job.ts';
import { type StageName, stageAction } from './stages.ts';
import type { Surroundings } from './surroundings.ts';

const stages: readonly { name: StageName; about: string }[] = [
  { name: 'plan', about: 'show what would be built (build-matrix)' },
  { name: 'build', about: 'build the packages into the output folder (build-deb)' },
  { name: 'sign', about: 'checksums and signatures for built packages (sign-artifacts)' },
];

/** `plan`, `build`, `sign`: one action with what a person at home says of it. */
export function addStages(program: Command, start: Start, surroundings: Surroundings): void {
  for (const { name, about } of stages) {
    const { action, given } = stageAction(name);
    const stage = program.command(name);
    (name === 'build' ? addBuildFlags(stage) : stage)
      .description(about)
      .argument('[path]', 'folder that holds debian/, or a .dsc file', '.')
      .option('--output <folder>', 'folder of the built packages', 'out')
      .action(async (path: string, flags: BuildFlags & { output: string }, command: Command) => {
        const inputs = { ...given(path, flags.output), ...targetInputs(flags), ...checkInputs(flags) };
        await start(command, name, (host, record) => {
          if (name === 'sign') requireBuilt(flags.output, host);
          return record.step(action.spec.name, () => action.run({ ...inputs, ...givenSecrets(action.spec, surroundings.env) }, host), host);
        });
      });
  }
}

/** An action with all its inputs as flags. */
export function addAction(program: Command, name: string, action: RunnableAction, start: Start, surroundings: Surroundings): void {
  const command = addInputFlags(program.command(name), action.spec)
    .description(action.spec.description.replace(/\.$/, ''))
    .helpGroup('Actions, as in CI');
  command.action(async (_flags: unknown, self: Command) => {
    const given = givenInputs(self, action.spec);
    await start(self, name, (host, record) =>
      record.step(name, () => action.run({ ...given, ...givenSecrets(action.spec, surroundings.env) }, host), host),
    );
  });
}
