import type { Command } from 'commander';
import { actions } from './actions.ts';
import { requireBuilt } from './built-folder.ts';
import { fixSource } from './fix-source.ts';
import { givenSecrets } from './given.ts';
import { addInputFlags, givenInputs } from './input-flags.ts';
import type { Start } from './job.ts';
import { stageAction } from './stages.ts';
import type { Surroundings } from './surroundings.ts';

/** `lint`: lintian-check with all its inputs on the built packages, and what only a person at home does: mend the source, write the baseline. */
export function addLint(program: Command, start: Start, surroundings: Surroundings): void {
  const { action, given } = stageAction('lint');
  // A flag that may have a value would take the path for it.
  const own = ['source', 'manifest', 'update-baseline'];
  addInputFlags(program.command('lint'), action.spec, own)
    .description('check built packages (lintian-check), write the baseline of known findings, or mend the source')
    .argument('[path]', 'folder that holds debian/', '.')
    .option('--output <folder>', 'folder of the built packages', 'out')
    .option('--update-baseline', 'write the baseline anew, so that no finding of now is new any more')
    .option('--fix', 'mend in the source what lintian-brush is certain of, and show the changes; packages are not looked at')
    .action(async (path: string, flags: { output: string; fix?: true; updateBaseline?: true }, command: Command) => {
      const inputs = { ...given(path, flags.output), ...givenInputs(command, action.spec) };
      await start(command, 'lint', (host, record) => {
        if (flags.fix === true) return record.step('lint --fix', () => fixSource(path, givenInputs(command, action.spec), host), host);
        requireBuilt(flags.output, host);
        const all = { ...inputs, ...(flags.updateBaseline === true ? { 'update-baseline': 'true' } : {}) };
        return record.step(
          action.spec.name,
          () => actions['lintian-check'].run({ ...all, ...givenSecrets(action.spec, surroundings.env) }, host),
          host,
        );
      });
    });
}
