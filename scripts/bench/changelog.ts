/** What versions, notes and changelogs cost, against reading the same commits with git alone, and against other tools. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { type Host, recordingHost } from '@release-kit/action';
import { runProcess } from '../testing/process.ts';
import { timeBare } from './bare-program.ts';
import { type ChangelogPeers, changelogPeers } from './changelog-peers.ts';
import { type ChangelogTimes, changelogSection, type HistoryTimes, type PeerTime } from './changelog-section.ts';
import { checkoutOf, publicHistories, repositoryOf } from './histories.ts';
import { timeAction } from './kit-action.ts';
import { tellPeak } from './peak-memory.ts';
import { type Argv, medianTime, type ProcessTime, timeProcess } from './process-time.ts';
import { makeSyntheticHistory } from './synthetic-history.ts';

/** Commits and rounds; each second one has double the commits of the one before. */
const sizes = [
  [10_000, 11],
  [20_000, 11],
  [100_000, 3],
  [200_000, 3],
  [500_000, 3],
  [1_000_000, 3],
] as const;
/** Of the smallest only: git-cliff takes minutes for the next one. */
const peersUpTo = 10_000;
/** Real histories that git-cliff is timed on, with the others' habits and lengths. */
const real = [
  'angular/angular-cli',
  'vitejs/vite',
  'vuejs/core',
  'orhun/git-cliff',
  'goreleaser/goreleaser',
  'prometheus/prometheus',
  'GNOME/glib',
  'curl/curl',
];
/** Where the lengths are divided, to try the benchmark itself. */
const trial = ['orhun/git-cliff'];
const realRounds = 9;
const bareRounds = 9;
/** Seconds. */
const peerLimit = { cliff: 70, conventional: 30 };

/** Ten minutes and 1 GiB of disk below `cache`; `part`: a number by which
 * the lengths of synthetic histories are divided, to try it. `say` tells what is being measured. */
export async function measureChangelog(cache: string, say: (line: string) => void, part = '1'): Promise<string> {
  const divisor = Number(part);
  await using host = await recordingHost({ cache });
  const [load = 0] = loadavg();
  const peers = await changelogPeers(cache);
  const work = join(cache, 'bench-changelog');
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  const bench: Bench = { host, cache, work, peers, say };
  try {
    const synthetic: HistoryTimes[] = [];
    const bare: ProcessTime[] = [];
    for (const [size, rounds] of sizes) {
      const commits = Math.ceil(size / divisor);
      const checkout = join(work, `synthetic-${commits}`);
      await makeSyntheticHistory(checkout, { commits, seed: 7 });
      if (synthetic.length === 0) for (let round = 0; round < bareRounds; round += 1) bare.push(await timeBare(checkout));
      synthetic.push(await measureHistory(bench, `synthetic, ${commits} commits`, checkout, rounds, size <= peersUpTo));
      await rm(checkout, { recursive: true });
    }
    const found: HistoryTimes[] = [];
    const missing: string[] = [];
    for (const history of publicHistories.filter(({ name }) => (divisor > 1 ? trial : real).includes(name))) {
      const repository = await repositoryOf(history, join(cache, 'histories'));
      if (repository === undefined) {
        say(`${history.name} cannot be fetched`);
        missing.push(history.name);
        continue;
      }
      const checkout = join(work, 'real');
      await checkoutOf(repository, checkout);
      found.push(await measureHistory(bench, history.name, checkout, realRounds, true, history.tags));
      await rm(checkout, { recursive: true });
    }
    const loads = [load, loadavg()[0] ?? 0] as const;
    const times: ChangelogTimes = { bare: medianTime(bare), synthetic, real: found, missing, limit: peerLimit, load: loads };
    return changelogSection(times);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

interface Bench {
  readonly host: Host;
  readonly cache: string;
  readonly work: string;
  readonly peers: ChangelogPeers;
  readonly say: (line: string) => void;
}

async function measureHistory(
  bench: Bench,
  name: string,
  checkout: string,
  rounds: number,
  withPeers: boolean,
  tags: string | undefined = 'v*',
): Promise<HistoryTimes> {
  const { say } = bench;
  const previous = await latestRelease(checkout, tags);
  const [all, last] = ['HEAD', previous === undefined ? 'HEAD' : `${previous}..HEAD`];
  const times: Record<'floor' | 'full' | 'lastFloor' | 'last', ProcessTime[]> = { floor: [], full: [], lastFloor: [], last: [] };
  const peaks = { full: 0, last: 0 };
  // In turn, so that load from elsewhere hits all alike; a round that warms up reads what the disk has.
  await timeLog(checkout, all);
  for (let round = 0; round < rounds; round += 1) {
    times.floor.push(await timeLog(checkout, all));
    const full = await timeKit(bench, checkout, tags, { full: 'true', changelog: join(bench.work, 'CHANGELOG.md') });
    times.full.push(full.time);
    times.lastFloor.push(await timeLog(checkout, last));
    // Named, since the default branch of some has no version of its own: releases are made on other branches.
    const notes = await timeKit(bench, checkout, tags, { version: '99999.0.0' });
    times.last.push(notes.time);
    peaks.full = Math.max(peaks.full, full.peak);
    peaks.last = Math.max(peaks.last, notes.peak);
  }
  const measured = {
    name,
    commits: Number(await ask(checkout, ['rev-list', '--count', 'HEAD'])),
    floor: medianTime(times.floor),
    full: { ...medianTime(times.full), peak: peaks.full },
    lastFloor: medianTime(times.lastFloor),
    last: previous === undefined ? undefined : { ...medianTime(times.last), peak: peaks.last },
  };
  say(
    `${name}: git log ${seconds(measured.floor)}, whole history ${seconds(measured.full)}, last release ${seconds(medianTime(times.last))}`,
  );
  if (!withPeers) return measured;
  const out = join(bench.work, 'peer.md');
  const cliff = await timePeer([...bench.peers.cliff, '--output', out], checkout, peerLimit.cliff);
  const conventional = await timePeer(
    [...bench.peers.conventional, '--release-count', '0', '--outfile', out],
    checkout,
    peerLimit.conventional,
  );
  say(`${name}: git-cliff ${seconds(cliff)}, conventional-changelog ${seconds(conventional)}`);
  return { ...measured, cliff, conventional };
}

const seconds = ({ wall, cpu }: ProcessTime): string => `${wall.toFixed(2)} s wall and ${cpu.toFixed(2)} s processor`;

/** The floor: git alone prints what we read, in the order that is cheapest for it. */
function timeLog(checkout: string, range: string): Promise<ProcessTime> {
  const log = ['git', '-C', checkout, 'log', '-z', '--no-patch', '--format=%H%x00%P%x00%an%x00%ae%x00%ct%x00%B', range, '--'];
  return timeProcess(['sh', '-c', 'exec "$@" > /dev/null', 'sh', ...log], process.env);
}

async function timeKit(bench: Bench, checkout: string, tags: string | undefined, inputs: Readonly<Record<string, string>>) {
  const peak = join(bench.work, 'peak');
  await rm(join(bench.work, 'CHANGELOG.md'), { force: true });
  const named = { source: checkout, output: join(bench.work, 'notes.md') };
  const given = { ...named, ...(tags === undefined ? {} : { tags }), ...inputs };
  const time = await timeAction(bench.host, 'changelog', given, bench.cache, tellPeak(peak));
  return { time, peak: Number(await readFile(peak, 'utf8')) / 1024 };
}

/** A tool with its own settings on all that HEAD has; it is stopped at the limit. */
async function timePeer(argv: Argv, checkout: string, limit: number): Promise<PeerTime> {
  const script = 'cd "$1"; shift; timeout --signal=KILL "$@" > /dev/null 2>&1; code=$?; [ $code = 0 ] || [ $code = 137 ]';
  const time = await timeProcess(['sh', '-c', script, 'sh', checkout, `${limit}`, ...argv], process.env);
  return { ...time, stopped: time.wall >= limit };
}

/** The newest stable release before HEAD, as people would name it by hand. */
async function latestRelease(checkout: string, tags: string | undefined): Promise<string | undefined> {
  const family = ['--match', tags?.replace('*', '[0-9]*') ?? 'v[0-9]*', '--exclude', '*-*'];
  return (await ask(checkout, ['describe', '--tags', '--abbrev=0', ...family, 'HEAD'])) || undefined;
}

/** What git answers; nothing when it cannot. */
async function ask(checkout: string, args: readonly string[]): Promise<string> {
  const { exitCode, output } = await runProcess(['git', '-C', checkout, ...args]);
  return exitCode === 0 ? output.trim() : '';
}
