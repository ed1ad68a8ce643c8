import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import type { Command } from 'commander';
import { actions } from './actions.ts';
import { givenSecrets } from './given.ts';
import { addInputFlags, givenInputs } from './input-flags.ts';
import type { Job, StartAnswering } from './job.ts';
import { explain } from './manual/command-text.ts';
import { printedFile, refuseTwoPrinted, type WrittenFile } from './printed-file.ts';
import type { PrintingHost, Surroundings } from './surroundings.ts';

type Texts = Readonly<Record<string, string>>;

const { spec, run } = actions.changelog;

const help = {
  details: [
    'Without a file to write, the notes are printed on standard output, and the story on standard error. So is the whole changelog with --full, the text of --announcement, the guide of --migrate-from, and whatever has - for its file.',
  ],
  examples: [
    { command: 'release-kit changelog > notes.md', about: 'The notes of the next release:' },
    { command: 'release-kit changelog --full > CHANGELOG.md', about: 'The changelog of all releases:' },
    { command: 'release-kit changelog --full --json - | jq .releases', about: 'The same as data; - instead of a file prints it:' },
    { command: 'release-kit --json changelog', about: 'All outputs as one document:' },
  ],
};

/** `changelog`: the action with all its inputs; what no flag gives a file is printed, and nothing else on standard output. */
export function addChangelog(program: Command, start: StartAnswering, surroundings: Surroundings): void {
  explain(addInputFlags(program.command('changelog'), spec), help)
    .description('what the next release is: its notes, changelogs and announcements, from the commits')
    .action(async (_flags: unknown, command: Command) => {
      const given = givenInputs(command, spec);
      const isDocument = command.optsWithGlobals()['json'] === true;
      const printed = isDocument ? undefined : printedFile(given);
      const job: Job = async (host, record) => {
        refuseTwoPrinted(given, isDocument);
        const secrets = givenSecrets(spec, surroundings.env);
        const act: Act = (files, on) => record.step('changelog', () => run({ ...without(given, printed), ...files, ...secrets }, on), on);
        const print = (text: string): unknown => surroundings.stdout.write(host.redact(text));
        return await (printed === undefined ? act({}, host) : actAndPrint(printed, act, print, host));
      };
      await start(command, 'changelog', job, { answers: printed !== undefined });
    });
}

/** Runs the action, with these files to write. */
type Act = (files: Texts, host: Host) => Promise<Texts>;

async function actAndPrint(printed: WrittenFile, act: Act, print: (text: string) => unknown, host: PrintingHost): Promise<Texts> {
  if (printed === 'output' || printed === 'announcement-file') {
    const outputs = await act({}, host);
    print(outputs[printed === 'output' ? 'notes' : 'announcement'] ?? '');
    return outputs;
  }
  await using folder = await host.files.temporary('changelog');
  const file = join(folder.path, printed);
  const outputs = await act({ [printed]: file }, withoutLinesOf(folder.path, host));
  // Some are not written when nothing asks for a release.
  if (existsSync(file)) for await (const text of createReadStream(file, { encoding: 'utf8' })) print(String(text));
  return outputs;
}

function without(given: Texts, name: string | undefined): Texts {
  return Object.fromEntries(Object.entries(given).filter(([each]) => each !== name));
}

/** Files that are gone when the run is over are nobody's business. */
function withoutLinesOf(folder: string, host: PrintingHost): Host {
  return { ...host, log: { ...host.log, info: (text) => (text.includes(folder) ? host.log.detail(text) : host.log.info(text)) } };
}
