import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from '../command-line.ts';
import { readActionFile } from '../runner/index.ts';
import { commandFiles, inputVariables, runnerVariables } from '../runner/step-environment.ts';
import type { SigningCase } from './signing-cases.ts';
import { type Hit, needlesOf } from './sought.ts';
import { searchRun, type TracedRun, tracedRun } from './traced-run.ts';

/** The bundle as a runner starts it, and the command as a person does. */
export type Program = 'action' | 'command';

export interface SigningRun extends TracedRun {
  /** Where a secret was seen. */
  readonly hits: readonly Hit[];
  /** Paths outside of the run's own folder that were opened for writing. */
  readonly elsewhere: readonly string[];
  /** What is left in the folder for temporary things. */
  readonly temporary: readonly string[];
  readonly outputs: string;
}

/** Signs a copy of the packages in a folder of its own, where everything it writes has to lie; looks for the secrets afterwards. */
export async function signingRun(
  program: Program,
  given: SigningCase,
  packages: string,
  folder: string,
  kill?: { readonly signal: NodeJS.Signals; readonly after: number },
): Promise<SigningRun> {
  const [work, temporary] = [join(folder, 'work'), join(folder, 'temporary')];
  for (const path of [folder, work, temporary, join(folder, 'home')]) await mkdir(path, { recursive: true });
  await cp(packages, join(work, 'out'), { recursive: true });
  const command = program === 'action' ? await actionCommand(given, folder, work, temporary) : commandLine(given, folder, temporary);
  const run = await tracedRun({ ...command, cwd: work, folder, ...(kill === undefined ? {} : { kill }) });
  return {
    ...run,
    hits: searchRun(run, folder, needlesOf(given.secrets)),
    elsewhere: run.calls.opened.filter((path) => !path.startsWith(`${folder}/`) && !harmless.test(path)),
    temporary: await namesIn(temporary),
    outputs: program === 'action' ? await readFile(join(folder, 'commands', 'github_output'), 'utf8') : '',
  };
}

/** Nothing is kept there. */
const harmless = /^(?:\/dev\/(?:null|tty)|\/proc\/self\/.*)$/;

interface Start {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
}

async function actionCommand({ inputs }: SigningCase, folder: string, work: string, temporary: string): Promise<Start> {
  const action = await readActionFile(join(repository, 'dist', 'sign-artifacts'));
  const env = {
    ...runnerVariables(folder, work, temporary),
    ...(await commandFiles(join(folder, 'commands'))).variables,
    ...inputVariables(action, { manifest: 'out/manifest.json', ...inputs }),
    PATH: process.env['PATH'] ?? '',
    TMPDIR: temporary,
    RUNNER_DEBUG: '1',
  };
  return { argv: [process.execPath, join(action.folder, action.scripts.main)], env };
}

function commandLine({ inputs }: SigningCase, folder: string, temporary: string): Start {
  const secrets = Object.entries(inputs).map(([name, value]) => [`RELEASE_KIT_${name.toUpperCase().replaceAll('-', '_')}`, value]);
  const env = { ...Object.fromEntries(secrets), PATH: process.env['PATH'] ?? '', HOME: join(folder, 'home'), TMPDIR: temporary };
  const main = join(repository, 'packages/cli/src/main.ts');
  return { argv: [process.execPath, '--conditions=release-kit:source', '--no-warnings', main, 'sign', '--verbose'], env };
}

async function namesIn(path: string): Promise<readonly string[]> {
  return (await readdir(path)).sort();
}
