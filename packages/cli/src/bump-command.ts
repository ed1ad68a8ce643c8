import type { Command } from 'commander';
import { actions } from './actions.ts';
import { givenSecrets } from './given.ts';
import { addInputFlags, givenInputs } from './input-flags.ts';
import type { Start } from './job.ts';
import { explain } from './manual/command-text.ts';
import { versionInputs } from './next-version-command.ts';
import type { Surroundings } from './surroundings.ts';

const { spec, run } = actions.changelog;
const bumpInputs = [
  ...versionInputs,
  'bump-files',
  'changelog',
  'appstream',
  'debian-changelog',
  'distribution',
  'urgency',
  'maintainer',
  'dry-run',
];

const help = {
  details: [
    'Without a version the commits decide, as release-kit next-version does. The files are those of changelog.bump in release-kit.yml or of --bump-files, else those that hold a version by habit; debian/changelog gets an entry. All of them are changed or none, nothing is committed, and a second run changes nothing.',
  ],
  examples: [
    { command: 'release-kit bump --dry-run', about: 'What would change:' },
    { command: 'release-kit bump 2.0.0', about: 'A version that you choose:' },
  ],
};

/** `bump`: the action in mode bump. */
export function addBump(program: Command, start: Start, surroundings: Surroundings): void {
  const others = Object.keys(spec.inputs).filter((name) => !bumpInputs.includes(name));
  // A flag that may have a value would take the version for it.
  const own = ['promote', 'dry-run'];
  explain(addInputFlags(program.command('bump'), spec, [...others, ...own, 'version', 'token']), help)
    .option('--promote', 'make the newest pre-release the stable version')
    .option('--dry-run', 'say which lines would change, and write nothing')
    .description('write the next version, or the one named, into the files of the project that hold it')
    .argument('[version]', 'the version to write (default: from the commits)')
    .action(async (version: string | undefined, _flags: unknown, command: Command) => {
      const named = version === undefined ? {} : { version };
      const inputs = { mode: 'bump', ...named, ...givenInputs(command, spec), ...givenSecrets(spec, surroundings.env) };
      await start(command, 'bump', (host, record) => record.step('bump', () => run(inputs, host, { version: 'the version' }), host));
    });
}
