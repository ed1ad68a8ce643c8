import { type Host, inertLine, UserError } from '@release-kit/action';
import type { Command } from 'commander';
import { actions } from './actions.ts';
import { givenSecrets } from './given.ts';
import { addInputFlags, givenInputs } from './input-flags.ts';
import type { StartAnswering } from './job.ts';
import { explain } from './manual/command-text.ts';
import type { Surroundings } from './surroundings.ts';

const { spec, run } = actions.changelog;

/** Inputs that have to do with the version. */
export const versionInputs = ['source', 'config', 'to', 'tags', 'package', 'pre', 'promote', 'version', 'version-file', 'squashes'];

interface Flags {
  readonly tag?: true;
  readonly explain?: true;
  readonly failIfNone?: true;
}

const help = {
  details: [
    'Standard output has the version and nothing else; why it is this one stands on standard error. When nothing asks for a release, it is the version of the last one, which --fail-if-none makes a failure (exit code 1).',
  ],
  examples: [
    { command: 'version=$(release-kit next-version)', about: 'For a script:' },
    {
      command: 'if tag=$(release-kit next-version --tag --fail-if-none); then git tag "$tag"; fi',
      about: 'A tag, when there is something to release:',
    },
  ],
};

/** `next-version`: the version that comes next, for scripts. */
export function addNextVersion(program: Command, start: StartAnswering, surroundings: Surroundings): void {
  const others = Object.keys(spec.inputs).filter((name) => !versionInputs.includes(name));
  explain(addInputFlags(program.command('next-version'), spec, [...others, 'token']), help)
    .description('print the version that comes next, from the commits, and nothing else')
    .option('--tag', 'print the name of its tag instead, such as v1.3.0')
    .option('--explain', 'say on standard error how it came about, line by line')
    .option('--fail-if-none', 'end with 1, and print nothing, when nothing asks for a release')
    .action(async (flags: Flags, command: Command) => {
      const inputs = { ...givenInputs(command, spec), ...givenSecrets(spec, surroundings.env) };
      const isDocument = command.optsWithGlobals()['json'] === true;
      await start(
        command,
        'next-version',
        async (host, record) => {
          const outputs = await record.step('changelog', () => run(inputs, quiet(host)), quiet(host));
          const { version = '', tag = '', previous = '', bump = '', reason = '', released } = outputs;
          if (released !== 'true' && flags.failIfNone === true)
            throw new UserError('E_NO_RELEASE', `nothing since ${inertLine(previous)} asks for a release`);
          for (const line of flags.explain === true ? reason.split('\n') : [`${version}: ${summary(bump, previous)}`])
            host.log.info(inertLine(line));
          if (!isDocument) surroundings.stdout.write(`${host.redact(flags.tag === true ? tag : version)}\n`);
          return outputs;
        },
        { answers: true },
      );
    });
}

function summary(bump: string, previous: string): string {
  if (bump === 'initial') return 'the first release';
  return bump === 'none' ? `nothing since ${previous} asks for a release` : `${bump}, since ${previous}`;
}

/** Only warnings and errors; the story with --verbose. */
function quiet(host: Host): Host {
  return { ...host, log: { ...host.log, info: host.log.detail, group: (_title, body) => body() } };
}
