import { Command, CommanderError } from 'commander';
import { actions } from './actions.ts';
import { addBump } from './bump-command.ts';
import { addChangelog } from './changelog-command.ts';
import { addDoctor } from './checkup/doctor-command.ts';
import { addCompletion } from './completion/completion-command.ts';
import { showConfiguration } from './configuration.ts';
import { repeatGlobalFlags, withGlobalFlags } from './global-flags.ts';
import { runJob, type Start, type StartAnswering } from './job.ts';
import { addKey } from './key-command.ts';
import { addLint } from './lint-command.ts';
import { type CommandPage, pageOf } from './manual/command-page.ts';
import { explain } from './manual/command-text.ts';
import { withHelp } from './manual/help-output.ts';
import { programText } from './manual/program-text.ts';
import { addNextVersion } from './next-version-command.ts';
import { addPipeline } from './pipeline-command.ts';
import { addInit } from './setup/init-command.ts';
import { addSmoke } from './smoke-command.ts';
import { addAction, addStages } from './stage-commands.ts';
import type { Surroundings } from './surroundings.ts';
import { addVerify } from './verify-command.ts';
import { version } from './version.ts';

/** The whole command line; returns the exit code: 0 fine, 1 findings or failed checks, 2 wrong usage or config, 3 a bug. */
export async function runProgram(args: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode = 0;
  const start: StartHow = async (command, name, job, around = surroundings, how = { answers: false }) => {
    const is = (flag: string): boolean => command.optsWithGlobals()[flag] === true;
    const options = { json: is('json'), verbose: is('verbose'), shellOnFailure: is('shellOnFailure'), answers: how.answers };
    exitCode = await runJob(name, job, options, around);
  };
  try {
    await defineProgram(start, surroundings).parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
  return exitCode;
}

/** The manual of the program and of all its commands. */
export function programPage(): CommandPage {
  const silent = { write: () => true };
  return pageOf(defineProgram(() => Promise.resolve(), { env: {}, stdout: silent, stderr: silent, cwd: '/' }));
}

type StartHow = (...given: [...Parameters<Start>, how?: { readonly answers: boolean }]) => Promise<void>;

function defineProgram(start: StartHow, surroundings: Surroundings): Command {
  const startAnswering: StartAnswering = (command, name, job, how) => start(command, name, job, surroundings, how);
  const program = withHelp(withGlobalFlags(new Command('release-kit')), surroundings)
    .description('builds, checks, signs and releases Debian packages: on this machine what CI does')
    .version(version, '-V, --version', 'the version of release-kit')
    .exitOverride()
    .showSuggestionAfterError();
  explain(program, programText);
  addInit(program, start, surroundings);
  addPipeline(program, start, surroundings);
  addStages(program, start, surroundings);
  addLint(program, start, surroundings);
  addSmoke(program, start, surroundings);
  addVerify(program, start);
  addKey(program, start, surroundings);
  addConfiguration(program, start);
  addDoctor(program, start, surroundings);
  addNextVersion(program, startAnswering, surroundings);
  addBump(program, start, surroundings);
  addChangelog(program, startAnswering, surroundings);
  const { changelog: _, ...others } = actions;
  for (const [name, action] of Object.entries(others)) addAction(program, name, action, start, surroundings);
  addCompletion(program, surroundings);
  repeatGlobalFlags(program);
  return program;
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
