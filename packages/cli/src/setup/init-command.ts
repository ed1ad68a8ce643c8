import { type Command, Option } from 'commander';
import type { Start } from '../job.ts';
import { explain } from '../manual/command-text.ts';
import type { Surroundings } from '../surroundings.ts';
import { type Choices, usualRelease, type WorkflowName, workflowNames } from './choices.ts';
import { init } from './init.ts';
import { openTerminalQuestions } from './questions.ts';

interface Flags extends Partial<Omit<Choices, 'workflows'>> {
  readonly workflows?: readonly WorkflowName[];
  readonly yes?: true;
  readonly dryRun?: true;
}

const help = {
  details: [
    'Looks at the repository (packages, languages, branch, remote, tags, workflows) and writes three small workflows that call release-kit, and release-kit.yml. Each line is explained by a comment.',
    'What is there is never overwritten: where a file differs, the difference is shown and nothing is written. A release-kit.yml that is there is kept. A second run changes nothing.',
  ],
  files: [
    { word: '.github/workflows/release-kit-validate.yml', about: 'pull requests: builds, checks, next version' },
    { word: '.github/workflows/release-kit-build.yml', about: 'packages of the main branch' },
    { word: '.github/workflows/release-kit-release.yml', about: 'from a tag to a draft of a release' },
    { word: 'release-kit.yml', about: 'what is built, for what' },
  ],
  examples: [
    { command: 'release-kit init --dry-run', about: 'What would be written:' },
    { command: 'release-kit init --yes --architectures amd64 arm64', about: 'Without questions, for PCs and the Raspberry Pi 5:' },
  ],
};

/** `init`: the first command in a repository. */
export function addInit(program: Command, start: Start, surroundings: Surroundings): void {
  explain(program.command('init'), help)
    .description('write the workflows and the configuration that fit this repository')
    .argument('[path]', 'folder of the repository', '.')
    .option('--architectures <name...>', 'architectures to build for (default: amd64, unless debian/control says otherwise)')
    .option('--distributions <name...>', 'distributions to build for (default: debian:12)')
    .option('--branch <name>', 'branch whose commits are built (default: the main branch of the remote)')
    .option('--public-key <path>', 'public key in the repository, to warn before it expires (default: one that is found)')
    .addOption(new Option('--workflows <name...>', 'which workflows').choices(workflowNames))
    .option('--uses <owner/name@ref>', `release-kit that the workflows call (default: ${usualRelease})`)
    .option('--yes', 'ask nothing and take the defaults')
    .option('--dry-run', 'show what would be written, and write nothing')
    .action(async (path: string, { yes, dryRun, ...given }: Flags, command: Command) => {
      const isJson = command.optsWithGlobals()['json'] === true;
      const asks = yes !== true && dryRun !== true && !isJson && surroundings.stdout.isTTY === true && process.stdin.isTTY === true;
      await start(command, 'init', async (host) => {
        using questions = asks ? openTerminalQuestions(host.signal) : undefined;
        return await init({ path, given, ask: questions?.ask, dryRun: dryRun === true }, host);
      });
    });
}
