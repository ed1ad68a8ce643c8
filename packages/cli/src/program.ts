import { Command, CommanderError } from 'commander';
import { actions, type RunnableAction } from './actions.ts';
import { addBuildFlags, type BuildFlags, checkInputs, targetInputs } from './build-flags.ts';
import { addBump } from './bump-command.ts';
import { addChangelog } from './changelog-command.ts';
import { showConfiguration } from './configuration.ts';
import { doctor } from './doctor.ts';
import { givenSecrets, variableOf } from './given.ts';
import { repeatGlobalFlags, withGlobalFlags } from './global-flags.ts';
import { addInputFlags, givenInputs } from './input-flags.ts';
import { type Job, runJob, type StartAnswering } from './job.ts';
import { addKey } from './key-command.ts';
import { addLint } from './lint-command.ts';
import { addNextVersion } from './next-version-command.ts';
import { type PipelineOptions, pipeline } from './pipeline.ts';
import { addSigningFlags } from './signing-flags.ts';
import { addSmoke } from './smoke-command.ts';
import { type StageName, stageAction } from './stages.ts';
import type { Surroundings } from './surroundings.ts';
import { addVerify } from './verify-command.ts';
import { version } from './version.ts';

/** The whole command line; returns the exit code: 0 fine, 1 findings or failed checks, 2 wrong usage or config, 3 a bug. */
export async function runProgram(args: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode = 0;
  const start = async (command: Command, name: string, job: Job, around = surroundings, answers = false): Promise<void> => {
    const is = (flag: string): boolean => command.optsWithGlobals()[flag] === true;
    const options = { json: is('json'), verbose: is('verbose'), shellOnFailure: is('shellOnFailure'), answers };
    exitCode = await runJob(name, job, options, around);
  };
  const startAnswering: StartAnswering = (command, name, job, { answers }) => start(command, name, job, surroundings, answers);
  const program = withGlobalFlags(new Command('release-kit'))
    .description('Builds, checks, signs and releases Debian packages: on this machine what CI does.')
    .version(version)
    .configureOutput({ writeOut: (text) => surroundings.stdout.write(text), writeErr: (text) => surroundings.stderr.write(text) })
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText('after', '\nExit codes: 0 fine, 1 findings or failed checks, 2 wrong usage or configuration, 3 a bug of release-kit.');
  addPipeline(program, start, surroundings);
  addStages(program, start, surroundings);
  addLint(program, start, surroundings);
  addSmoke(program, start, surroundings);
  addVerify(program, start);
  addKey(program, start, surroundings);
  addConfiguration(program, start);
  addDoctor(program, start);
  addNextVersion(program, startAnswering, surroundings);
  addBump(program, start, surroundings);
  addChangelog(program, startAnswering, surroundings);
  const { changelog: _, ...others } = actions;
  for (const [name, action] of Object.entries(others)) addAction(program, name, action, start, surroundings);
  repeatGlobalFlags(program);
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
  return exitCode;
}

type Start = (command: Command, name: string, job: Job) => Promise<void>;

function addPipeline(program: Command, start: Start, surroundings: Surroundings): void {
  addSigningFlags(addBuildFlags(program.command('release')))
    .description('the whole pipeline: build, lint, smoke test, notes, signatures, and a draft release in a folder')
    .argument('[path]', 'folder that holds debian/ or several packages, or a .dsc file', '.')
    .option('--output <folder>', 'where the draft is laid out', 'out')
    .option('--tag <tag>', 'release tag (default: the tag of the commit, else from debian/changelog)')
    .option('--fail-on <severity>', 'lowest lintian severity that fails (default: from the configuration, else error)')
    .option(
      '--fail-on-new <severity>',
      'the same of findings that the baseline does not know (default: from the configuration, else never)',
    )
    .option('--dry-run', 'stop before the draft is written')
    .addHelpText(
      'after',
      `\nThe signing key comes from ${variableOf('key')} and ${variableOf('passphrase')}; without one, and without --signer, a throw-away key is made.`,
    )
    .action(async (path: string, flags: Omit<PipelineOptions, 'path'>, command: Command) => {
      await start(command, 'release', (host, record, log) => pipeline({ ...flags, path }, host, record, { env: surroundings.env, log }));
    });
}

const stages: readonly { name: StageName; about: string }[] = [
  { name: 'plan', about: 'show what would be built (build-matrix)' },
  { name: 'build', about: 'build the packages into the output folder (build-deb)' },
  { name: 'sign', about: 'checksums and signatures for built packages (sign-artifacts)' },
];

function addStages(program: Command, start: Start, surroundings: Surroundings): void {
  for (const { name, about } of stages) {
    const { action, given } = stageAction(name);
    const stage = program.command(name);
    (name === 'build' ? addBuildFlags(stage) : stage)
      .description(about)
      .argument('[path]', 'folder that holds debian/, or a .dsc file', '.')
      .option('--output <folder>', 'folder of the built packages', 'out')
      .action(async (path: string, flags: BuildFlags & { output: string }, command: Command) => {
        const inputs = { ...given(path, flags.output), ...targetInputs(flags), ...checkInputs(flags) };
        await start(command, name, (host, record) =>
          record.step(action.spec.name, () => action.run({ ...inputs, ...givenSecrets(action.spec, surroundings.env) }, host), host),
        );
      });
  }
}

function addConfiguration(program: Command, start: Start): void {
  program
    .command('config')
    .description('show the effective configuration, with every default filled in')
    .argument('[path]', 'folder that holds release-kit.yml', '.')
    .action(async (path: string, _flags: unknown, command: Command) => {
      await start(command, 'config', (host) => showConfiguration(path, host));
    });
}

function addDoctor(program: Command, start: Start): void {
  program
    .command('doctor')
    .description('check whether this machine can run the pipeline, and say what is missing')
    .action(async (_flags: unknown, command: Command) => {
      await start(command, 'doctor', (host, record) => doctor(host, record));
    });
}

function addAction(program: Command, name: string, action: RunnableAction, start: Start, surroundings: Surroundings): void {
  const command = addInputFlags(program.command(name), action.spec).description(action.spec.description);
  command.action(async (_flags: unknown, self: Command) => {
    const given = givenInputs(self, action.spec);
    await start(self, name, (host, record) =>
      record.step(name, () => action.run({ ...given, ...givenSecrets(action.spec, surroundings.env) }, host), host),
    );
  });
}
