import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect } from '@jest/globals';
import { pool } from '@release-kit/action/pool';
import { randomOf } from '@release-kit/action/seeded-random';
import { packaged } from '../hostile.ts';
import { Masks, parseCommandFile, StepLog } from '../runner/index.ts';
import { type SigningCase, signingCases } from './signing-cases.ts';
import { keyMaker } from './signing-keys.ts';
import { type Program, type SigningRun, signingRun } from './signing-run.ts';

export interface SearchPlan {
  readonly cases: readonly SigningCase[];
  /** Absolute; holds packages and their manifest. */
  readonly packages: string;
  /** Absolute; each run gets a folder in it, which is removed when nothing is wrong. */
  readonly folder: string;
}

export interface Interrupts extends SearchPlan {
  readonly count: number;
  /** The same seed ends the same runs at the same parts of their lives. */
  readonly seed: number;
  /** Runs at a time. */
  readonly sideBySide: number;
}

/** What a runner sends first, what it sends next, and what nobody can catch. */
const signals = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const;
type Signal = (typeof signals)[number];

/** What is said of each run; a secret is seen nowhere, and what is written lies in the run's own folder. */
const clean = { hits: [], elsewhere: [], unseen: [], left: [] } as const;

/** Two packages to sign, and keys made by gpg in every form and with every mistake. */
async function searchPlan(folder: string): Promise<SearchPlan> {
  await packaged(join(folder, 'packages'), [{ name: 'tiny' }, { name: 'other' }]);
  using maker = keyMaker(folder);
  const cases = signingCases({
    locked: await maker.make('locked', 'ed25519', 'a "pass\\phrase" with blanks & ümlauts'),
    rsa: await maker.make('rsa', 'rsa3072', 'correct horse battery staple'),
    open: await maker.make('open', 'ed25519', ''),
  });
  return { cases, packages: join(folder, 'packages', 'out'), folder };
}

/** The plan of a file's tests, made before the first of them; `folder` is absolute. */
export function searchPlanForAll(folder: string): { readonly plan: SearchPlan } {
  let plan: SearchPlan = { cases: [], packages: '', folder };
  beforeAll(async () => {
    plan = await searchPlan(folder);
  }, 60_000);
  return {
    get plan() {
      return plan;
    },
  };
}

/** Runs one case to its end. */
export async function searchWhole({ packages, folder }: SearchPlan, program: Program, given: SigningCase): Promise<SigningRun> {
  const place = join(folder, 'whole');
  const run = await signingRun(program, given, packages, place);
  const { hits, elsewhere, left, temporary } = run;
  expect({ hits, elsewhere, unseen: run.calls.unseen, left, temporary }).toEqual({ ...clean, temporary: [] });
  const conclusion = run.exitCode === 0 ? 'success' : 'failure';
  expect({ program, conclusion, log: conclusion === given.ends ? '' : `${run.stdout}${run.stderr}` }).toEqual({
    program,
    conclusion: given.ends,
    log: '',
  });
  if (program === 'action') expect(swallowedOutputs(run, given)).toEqual([]);
  rmSync(place, { recursive: true });
  return run;
}

/** Outputs that the runner would keep from other jobs: it masks what it is told, and each line of a secret of the repository. */
function swallowedOutputs({ stdout, outputs }: SigningRun, given: SigningCase): readonly string[] {
  const masks = new Masks();
  const log = new StepLog(masks);
  for (const line of stdout.split('\n')) log.take(line);
  for (const secret of Object.values(given.inputs)) masks.add(secret);
  return [...parseCommandFile(outputs)].flatMap(([name, value]) => (masks.apply(value) === value ? [] : [name]));
}

/** Ends runs at random moments; returns the milliseconds from each signal that was caught to the end of all processes. */
export async function searchInterrupted(plan: Interrupts): Promise<readonly number[]> {
  const { packages, folder, seed } = plan;
  // The others end by themselves before most moments.
  const cases = plan.cases.filter(({ ends }) => ends === 'success');
  const random = randomOf(seed);
  const lengths = await lengthsOf(plan);
  const planned = Array.from({ length: plan.count }, (_, index) => {
    const program: Program = index % 4 === 3 ? 'command' : 'action';
    return {
      index,
      program,
      given: pick(cases, random()),
      signal: pick<Signal>(signals, random()),
      after: Math.round(random() * lengths[program]),
    };
  });
  const times: number[] = [];
  const endOne = async ({ index, program, given, signal, after }: (typeof planned)[number]): Promise<void> => {
    const place = join(folder, `run-${index}`);
    const run = await signingRun(program, given, packages, place, { signal, after });
    const { hits, elsewhere, left } = run;
    // What nobody could catch leaves its folders, which hold nothing secret.
    const temporary = signal === 'SIGKILL' ? [] : run.temporary;
    const told = { seed, program, case: given.name, signal, after };
    expect({ ...told, hits, elsewhere, unseen: run.calls.unseen, left, temporary }).toEqual({ ...told, ...clean, temporary: [] });
    if (run.endedAfter !== undefined && signal !== 'SIGKILL') times.push(run.endedAfter);
    rmSync(place, { recursive: true });
  };
  await pool(planned, endOne, plan.sideBySide);
  return times;
}

/** How long a whole run takes here, so that the moments are spread over all of it. */
async function lengthsOf(plan: SearchPlan): Promise<Readonly<Record<Program, number>>> {
  const [first] = plan.cases;
  if (first === undefined) throw new Error('there are no cases');
  const action = (await searchWhole(plan, 'action', first)).milliseconds;
  return { action, command: (await searchWhole(plan, 'command', first)).milliseconds };
}

function pick<T>(list: readonly T[], at: number): T {
  const picked = list[Math.floor(at * list.length)];
  if (picked === undefined) throw new Error('there is nothing to pick from');
  return picked;
}
