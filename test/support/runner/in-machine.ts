import { copyFile, cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import type { Machine } from '@release-kit/machine';
import { readActionFile } from './action-file.ts';
import { parseCommandFile } from './command-file.ts';
import { inputVariables } from './step-environment.ts';

export interface MachineStep {
  readonly exitCode: number | null;
  /** Both streams, as they came. */
  readonly log: string;
  readonly outputs: ReadonlyMap<string, string>;
}

/** A job whose runner is a clean machine, so that nothing of this host's tools is leant on. */
export interface MachineJob {
  /** What steps exported so far. */
  readonly variables: ReadonlyMap<string, string>;
  /** Runs the main script of the action. */
  run(inputs: Readonly<Record<string, string>>): Promise<MachineStep>;
  /** Runs the post scripts of all runs, last first, each with its own inputs and state. */
  finish(): Promise<readonly MachineStep[]>;
  /** Runs a command as a later step of the job does: with the exported variables, without a network. */
  exec(argv: readonly [string, ...string[]], cwd?: string): Promise<string>;
}

const home = '/runner';
const files = {
  GITHUB_OUTPUT: `${home}/output`,
  GITHUB_ENV: `${home}/env`,
  GITHUB_STATE: `${home}/state`,
  GITHUB_STEP_SUMMARY: `${home}/summary`,
};

/** Copies a built action, this Node, and what `fill` puts into a folder (seen as /runner/work) into the machine. */
export async function startMachineJob(
  host: Host,
  machine: Machine,
  folder: string,
  fill: (work: string) => Promise<void>,
): Promise<MachineJob> {
  const action = await readActionFile(folder);
  await using staging = await host.files.temporary('machine-job');
  await cp(folder, join(staging.path, 'action'), { recursive: true });
  for (const name of ['work', 'temp', 'home']) await mkdir(join(staging.path, name));
  await copyFile(process.execPath, join(staging.path, 'node'));
  for (const file of Object.values(files)) await writeFile(join(staging.path, file.slice(home.length)), '');
  await fill(join(staging.path, 'work'));
  await machine.copyIn(staging.path, home);
  const base = {
    HOME: `${home}/home`,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: `${home}/work`,
    RUNNER_TEMP: `${home}/temp`,
    ...files,
  };
  const variables = new Map<string, string>();
  const posts: (() => Promise<MachineStep>)[] = [];

  async function start(script: string, inputs: Readonly<Record<string, string>>, state: ReadonlyMap<string, string>): Promise<MachineStep> {
    // Names of inputs may hold hyphens, which the machine's own way of setting variables does not take.
    const given = Object.entries(inputVariables(action, inputs)).map(([name, value]) => `${name}=${value}`);
    const { exitCode, stdout, stderr } = await machine.run(['env', ...given, `${home}/node`, join(home, 'action', script)], {
      env: {
        ...base,
        ...Object.fromEntries(variables),
        ...Object.fromEntries([...state].map(([name, value]) => [`STATE_${name}`, value])),
      },
      cwd: `${home}/work`,
      network: true,
      allow: 'any',
      timeout: 900_000,
    });
    for (const [name, value] of await read(files.GITHUB_ENV)) variables.set(name, value);
    const outputs = await read(files.GITHUB_OUTPUT);
    await machine.run(['truncate', '--size=0', files.GITHUB_OUTPUT, files.GITHUB_ENV]);
    return { exitCode, log: `${stdout}${stderr}`, outputs };
  }

  async function read(file: string): Promise<ReadonlyMap<string, string>> {
    return parseCommandFile((await machine.run(['cat', file])).stdout);
  }

  return {
    variables,
    async run(inputs) {
      const step = await start(action.scripts.main, inputs, new Map());
      const state = await read(files.GITHUB_STATE);
      await machine.run(['truncate', '--size=0', files.GITHUB_STATE]);
      const { post } = action.scripts;
      if (post !== undefined) posts.unshift(() => start(post, inputs, state));
      return step;
    },
    async finish() {
      const steps: MachineStep[] = [];
      for (const post of posts.splice(0)) steps.push(await post());
      return steps;
    },
    exec: async (argv, cwd = '/') => {
      const env = { ...base, ...Object.fromEntries(variables) };
      return (await machine.run(argv, { env, cwd, timeout: 600_000 })).stdout;
    },
  };
}
