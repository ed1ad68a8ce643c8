import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { actions } from './actions.ts';
import { givenSecrets } from './given.ts';
import { addInputFlags, givenInputs } from './input-flags.ts';
import type { StartAnswering } from './job.ts';
import { printedFile, refuseTwoPrinted } from './printed-file.ts';
import type { Surroundings } from './surroundings.ts';

const { spec, run } = actions.changelog;

const help = `
Without a file to write, the notes are printed on standard output and the story on standard error; so is the whole changelog with --full, the
text of --announcement, the guide of --migrate-from, and whatever has - for its file:
  release-kit changelog > notes.md
  release-kit changelog --full > CHANGELOG.md
  release-kit changelog --full --json - | jq .version
The result as one JSON document: release-kit --json changelog`;

/** `changelog`: the action with all its inputs; what no flag gives a file is printed, and nothing else on standard output. */
export function addChangelog(program: Command, start: StartAnswering, surroundings: Surroundings): void {
  addInputFlags(program.command('changelog'), spec)
    .description('what the next release is: its notes, changelogs and announcements, from the commits')
    .addHelpText('after', help)
    .action(async (_flags: unknown, command: Command) => {
      const given = givenInputs(command, spec);
      const isDocument = command.optsWithGlobals()['json'] === true;
      const printed = isDocument ? undefined : printedFile(given);
      await start(
        command,
        'changelog',
        async (host, record) => {
          refuseTwoPrinted(given, isDocument);
          await using folder = await host.files.temporary('changelog');
          const file = printed === undefined ? undefined : { [printed]: join(folder.path, printed) };
          const inputs = { ...given, ...givenSecrets(spec, surroundings.env), ...file };
          const outputs = await record.step('changelog', () => run(inputs, host), host);
          for (const path of Object.values(file ?? {})) {
            for await (const text of createReadStream(path, { encoding: 'utf8' })) surroundings.stdout.write(host.redact(String(text)));
          }
          return outputs;
        },
        { answers: printed !== undefined },
      );
    });
}
