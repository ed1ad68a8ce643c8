import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type ActionFile, readActionFile } from './action-file.ts';
import { parsePathFile } from './command-file.ts';
import { leftBehind } from './left-behind.ts';
import { Masks } from './masks.ts';
import { commandFiles, inputVariables, runnerVariables, unexpectedInputs } from './step-environment.ts';
import { type LoggedAnnotation, StepLog } from './step-log.ts';
import { runStepProcess, type User } from './step-process.ts';

export interface JobOptions {
  /** Absolute; the checkout. Default: a folder of the job's own, removed with it. */
  readonly workspace?: string;
  /** Besides what a runner sets, and over it: services, context, cache folder. */
  readonly env?: Readonly<Record<string, string>>;
  /** An ordinary user, as on hosted runners; the job's folders, the checkout too, belong to it. Only root may ask for one. */
  readonly user?: User;
}

export interface StepOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** The machine goes away: SIGKILL, and nothing before it. */
  readonly lost?: AbortSignal;
}

/** A program of a step, for who evaluates workflows: nothing but the variables that all steps of a runner have is set by itself. */
export interface Program extends StepOptions {
  readonly argv: readonly [string, ...string[]];
  /** Absolute; the workspace when left out. */
  readonly cwd?: string;
  /** What `pre`, `main` and `post` of one action hand to each other; what is written is added. */
  readonly state?: Map<string, string>;
  /** Lines that come before those of the program, commands among them. */
  readonly preface?: readonly string[];
}

export interface StepResult {
  readonly conclusion: 'success' | 'failure' | 'cancelled';
  readonly exitCode: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly lines: readonly string[];
  readonly debug: readonly string[];
  readonly annotations: readonly LoggedAnnotation[];
  /** GitHub Markdown, masked. */
  readonly summary: string;
}

export interface Job extends AsyncDisposable {
  readonly workspace: string;
  readonly temporary: string;
  readonly masks: Masks;
  /** What steps exported so far. */
  readonly variables: ReadonlyMap<string, string>;
  /** Runs one program as a step: its commands, files and masks are obeyed. */
  execute(program: Program): Promise<StepResult>;
  /** Runs `pre` and `main` of a built action; `inputs` are what a workflow's `with:` gives. */
  run(folder: string, inputs?: Readonly<Record<string, string>>, options?: StepOptions): Promise<StepResult>;
  /** Runs the `post` scripts of all actions that ran, last first, as at the end of a job. */
  finish(): Promise<readonly StepResult[]>;
  /** Mounts, processes and temporary files that the steps left; empty when they cleaned up. */
  leftBehind(): Promise<readonly string[]>;
}

interface Environment {
  readonly variables: Map<string, string>;
  path: readonly string[];
}

/** A job on a runner of its own: folders, variables and masks that its steps share. */
export async function startJob(options: JobOptions = {}): Promise<Job> {
  const root = await mkdtemp(join(tmpdir(), 'release-kit-runner-'));
  const [workspace, temporary] = [options.workspace ?? join(root, 'work'), join(root, 'temp')];
  for (const folder of [workspace, temporary, join(root, 'home')]) await mkdir(folder, { recursive: true });
  await handOver([root, workspace, temporary, join(root, 'home')], options.user);
  const masks = new Masks();
  const shared: Environment = { variables: new Map(), path: [] };
  const posts: (() => Promise<StepResult>)[] = [];
  let steps = 0;

  async function runScript(
    action: ActionFile,
    script: string,
    given: Readonly<Record<string, string>>,
    state: Map<string, string>,
    step: StepOptions,
  ): Promise<StepResult> {
    const warnings = unexpectedInputs(action, given).map(
      (name) =>
        `::warning::Unexpected input(s) '${name}', valid inputs are [${[...action.inputs.keys()].map((input) => `'${input}'`).join(', ')}]`,
    );
    const env = { ...step.env, ...inputVariables(action, given) };
    return execute({ ...step, argv: [process.execPath, join(action.folder, script)], env, state, preface: warnings });
  }

  async function execute({
    argv,
    cwd = workspace,
    env: own = {},
    state = new Map(),
    preface = [],
    signal,
    lost,
  }: Program): Promise<StepResult> {
    steps += 1;
    const files = await commandFiles(join(temporary, '_runner_file_commands', String(steps)));
    await handOver([join(temporary, '_runner_file_commands'), files.folder, ...Object.values(files.variables)], options.user);
    const env = {
      ...runnerVariables(root, workspace, temporary),
      PATH: [...shared.path, dirname(process.execPath), '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'].join(':'),
      ...options.env,
      ...Object.fromEntries(shared.variables),
      ...own,
      ...Object.fromEntries([...state].map(([name, value]) => [`STATE_${name}`, value])),
      ...files.variables,
    };
    const log = new StepLog(masks);
    for (const line of preface) log.take(line);
    const { exitCode } = await runStepProcess({ argv, cwd, env, onLine: (line) => log.take(line), signal, lost, user: options.user });
    const outputs = await files.read('GITHUB_OUTPUT');
    for (const [name, value] of await files.read('GITHUB_STATE')) state.set(name, value);
    for (const [name, value] of await files.read('GITHUB_ENV')) shared.variables.set(name, value);
    const added = parsePathFile(await files.text('GITHUB_PATH'));
    shared.path = [...added, ...shared.path.filter((folder) => !added.includes(folder))];
    const failed = exitCode !== 0 || log.refused.length > 0;
    return {
      conclusion: signal?.aborted === true ? 'cancelled' : failed ? 'failure' : 'success',
      exitCode,
      outputs: Object.fromEntries(outputs),
      lines: log.lines,
      debug: log.debug,
      annotations: log.annotations,
      summary: masks.apply(await files.text('GITHUB_STEP_SUMMARY')),
    };
  }

  return {
    workspace,
    temporary,
    masks,
    variables: shared.variables,
    execute,
    async run(folder, given = {}, stepOptions = {}) {
      const action = await readActionFile(folder);
      const state = new Map<string, string>();
      const { pre, main, post } = action.scripts;
      if (post !== undefined) posts.unshift(() => runScript(action, post, given, state, {}));
      if (pre !== undefined) {
        const result = await runScript(action, pre, given, state, stepOptions);
        if (result.conclusion !== 'success') return result;
      }
      return runScript(action, main, given, state, stepOptions);
    },
    async finish() {
      const results: StepResult[] = [];
      for (const post of posts.splice(0)) results.push(await post());
      return results;
    },
    leftBehind: () => leftBehind(root, temporary),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

async function handOver(paths: readonly string[], user: User | undefined): Promise<void> {
  if (user !== undefined) for (const path of paths) await chown(path, user.uid, user.gid);
}
