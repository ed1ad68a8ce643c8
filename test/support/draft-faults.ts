import { expect } from '@jest/globals';
import { randomOf } from '@release-kit/action/seeded-random';
import { faultScript } from '@release-kit/github-stand-in';
import { assetWith, contentsOf, type DraftBench, draftBench } from './draft-bench.ts';

const contents = contentsOf(6);
/** After the first one. */
const mostRuns = 3;

/** Groups of seeds, one after the other: the first and the last of each. */
export function seedGroups(groups: number, each: number): readonly (readonly [first: number, last: number])[] {
  return Array.from({ length: groups }, (_, index) => [index * each, (index + 1) * each - 1] as const);
}

/** Expects that whatever goes wrong with each of these seeds ends in one whole draft. */
export function endsWhole(first: number, last: number): Promise<void> {
  return expectNothingLeft(first, last, faultsLeft);
}

/** The same of two runs that begin at the same time. */
export function endsWholeForTwo(first: number, last: number): Promise<void> {
  return expectNothingLeft(first, last, faultsLeftByTwo);
}

async function expectNothingLeft(first: number, last: number, leftBy: typeof faultsLeft): Promise<void> {
  const whole = await withoutFaults();
  const left: string[] = [];
  for (let seed = first; seed <= last; seed += 1) left.push(await leftBy(seed, whole));
  expect(left.filter((one) => one !== '')).toEqual([]);
}

/** What went wrong for good with this seed; '' when the release ended as it should. */
async function faultsLeft(seed: number, whole: readonly object[]): Promise<string> {
  return told(seed, await releaseWithFaults(seed), whole);
}

/** The same of two runs that begin at the same time. */
async function faultsLeftByTwo(seed: number, whole: readonly object[]): Promise<string> {
  return told(seed, await twoWithFaults(seed), whole);
}

function told(seed: number, { ended, ours, touched }: RandomFaults, whole: readonly object[]): string {
  const isWhole = JSON.stringify(ours) === JSON.stringify(whole);
  if (ended.at(-1) === 'done' && isWhole && touched.length === 0) return '';
  return `seed ${seed}: ${ended.join(', ')}; ${ours.length} of ours, ${isWhole ? 'whole' : 'not whole'}; touched: ${touched.join(', ') || 'nothing'}`;
}

interface RandomFaults {
  /** How each run ended, the last one last. */
  readonly ended: readonly string[];
  readonly ours: readonly object[];
  readonly touched: readonly string[];
}

/** What a run without any fault makes of the same files. */
async function withoutFaults(): Promise<readonly object[]> {
  await using bench = await draftBench(contents);
  const { ended, message } = await bench.attempt();
  if (ended !== 'done') throw new Error(`${ended} without any fault: ${message}`);
  return bench.ours();
}

/** A release against faults from a seed, run again until it is done, three times at most. Also what was there before comes from the seed. */
async function releaseWithFaults(seed: number): Promise<RandomFaults> {
  await using bench = await draftBench(contents);
  const random = randomOf(seed);
  await prepare(bench, random);
  bench.github.script = faultScript(seed, { percent: 10 + Math.floor(random() * 50), most: 5 + Math.floor(random() * 25) });
  return { ended: await untilDone(bench), ours: bench.ours(), touched: bench.touched() };
}

async function twoWithFaults(seed: number): Promise<RandomFaults> {
  await using bench = await draftBench(contents);
  const random = randomOf(seed);
  bench.github.lag = random() < 0.5 ? 0 : Math.floor(random() * 5000);
  bench.github.latency = 1;
  bench.github.script = faultScript(seed, { percent: 30, most: 12 });
  const [first, second] = await Promise.all([untilDone(bench), untilDone(bench)]);
  const ended = first.at(-1) === 'done' ? second : first;
  return { ended, ours: bench.ours(), touched: bench.touched() };
}

async function untilDone({ attempt }: DraftBench): Promise<readonly string[]> {
  const ended: string[] = [];
  while (ended.at(-1) !== 'done' && ended.length <= mostRuns) ended.push((await attempt()).ended);
  return ended;
}

/** In two of three repositories an earlier run made our draft, with other notes, and left some of it half or different; lists of every other one lag. */
async function prepare(bench: DraftBench, random: () => number): Promise<void> {
  const { github, plan } = bench;
  if (random() < 2 / 3) {
    await bench.attempt({ plan: { ...plan, notes: 'Earlier notes' } });
    const assets = github.releases.at(-1)?.assets ?? [];
    const [kept, half] = [random(), random()];
    for (const [index, { name }] of assets.entries()) {
      if (random() < kept) continue;
      assets[index] = random() < half ? assetWith(github, name, '', 'starter') : assetWith(github, name, 'of an earlier build');
    }
    assets.splice(Math.floor(random() * assets.length));
  }
  github.lag = random() < 0.5 ? 0 : Math.floor(random() * 5000);
}
