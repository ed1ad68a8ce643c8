import type { Command } from 'commander';
import { requireBuilt } from './built-folder.ts';
import { givenSecrets } from './given.ts';
import { addInputFlags, givenInputs } from './input-flags.ts';
import type { Start } from './job.ts';
import { stageAction } from './stages.ts';
import type { Surroundings } from './surroundings.ts';

/** `smoke`: install-smoke with all its inputs on the built packages, and a shell for who wants to see why a step fails. */
export function addSmoke(program: Command, start: Start, surroundings: Surroundings): void {
  const { action, given } = stageAction('smoke');
  addInputFlags(program.command('smoke'), action.spec, ['source', 'manifest'])
    .description('install built packages on clean systems and take them through their whole life (install-smoke)')
    .argument('[path]', 'folder that holds debian/', '.')
    .option('--output <folder>', 'folder of the built packages', 'out')
    .option('--shell-on-failure', 'when a step fails, open a shell in the machine as it is then; machines run one after the other')
    .action(async (path: string, flags: { output: string }, command: Command) => {
      const inputs = { ...given(path, flags.output), ...givenInputs(command, action.spec), ...givenSecrets(action.spec, surroundings.env) };
      await start(command, 'smoke', (host, record) => {
        requireBuilt(flags.output, host);
        return record.step(action.spec.name, () => action.run(inputs, host), host);
      });
    });
}
