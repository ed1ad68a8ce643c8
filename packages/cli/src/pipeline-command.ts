import { type Command, Option } from 'commander';
import { actions } from './actions.ts';
import { addBuildFlags } from './build-flags.ts';
import { variableOf } from './given.ts';
import type { Start } from './job.ts';
import { explain } from './manual/command-text.ts';
import { type PipelineOptions, pipeline } from './pipeline.ts';
import { addSigningFlags } from './signing-flags.ts';
import type { Surroundings } from './surroundings.ts';

const help = {
  details: [
    'Does on this machine what CI does: the packages are built in clean machines, checked by lintian, installed and tried, signed, and laid out as the draft of a release, with its notes.',
  ],
  environment: [
    { word: variableOf('key'), about: 'the key that signs; without it, and without --signer, a throw-away key is made' },
    { word: variableOf('passphrase'), about: 'its passphrase' },
  ],
  files: [
    { word: 'release-kit.yml', about: 'what is built, for what, and how it is tried; nothing in it must be there' },
    { word: 'out/', about: 'the draft: packages, checksums, signatures, notes, and the log of every command' },
  ],
  examples: [
    { command: 'release-kit release', about: 'The package of this folder:' },
    { command: 'release-kit release --arch arm64 --reproducible', about: 'For a Raspberry Pi 5, built twice and compared:' },
    { command: 'release-kit release --dry-run --fail-on warning', about: 'All checks, and no draft:' },
  ],
};

/** `release`: all that CI does, one after the other. */
export function addPipeline(program: Command, start: Start, surroundings: Surroundings): void {
  explain(addSigningFlags(addBuildFlags(program.command('release'))), help)
    .description('the whole pipeline: build, lint, smoke test, notes, signatures, and a draft release in a folder')
    .argument('[path]', 'folder that holds debian/ or several packages, or a .dsc file', '.')
    .option('--output <folder>', 'where the draft is laid out', 'out')
    .option('--tag <tag>', 'release tag (default: the tag of the commit, else from debian/changelog)')
    .addOption(severity('fail-on', 'lowest lintian severity that fails (default: from the configuration, else error)'))
    .addOption(
      severity('fail-on-new', 'the same of findings that the baseline does not know (default: from the configuration, else never)'),
    )
    .option('--dry-run', 'stop before the draft is written')
    .action(async (path: string, flags: Omit<PipelineOptions, 'path'>, command: Command) => {
      await start(command, 'release', (host, record, log) => pipeline({ ...flags, path }, host, record, { env: surroundings.env, log }));
    });
}

/** Refused before anything is built, though lintian-check comes after the build. */
function severity(input: 'fail-on' | 'fail-on-new', about: string): Option {
  const option = new Option(`--${input} <severity>`, about);
  const known = actions['lintian-check'].spec.inputs[input];
  return known?.type === 'enum' ? option.choices(known.values) : option;
}
