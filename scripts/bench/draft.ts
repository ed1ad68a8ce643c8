/** What it takes to bring many files, and large ones, to GitHub: against a plain client, with the latency of a network. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { documentedLimits, startFakeGitHub, writesOf } from '@release-kit/github-stand-in';
import { markdownTable } from '../building/table.ts';
import { tellPeak } from './peak-memory.ts';
import { timeProcess } from './process-time.ts';
import { makeUploads } from './upload-list.ts';

const MiB = 1024 * 1024;
/** Of all requests, in milliseconds. */
const latency = 30;
/** GitHub's advice, in milliseconds from one change to the next. */
const distance = 1000;
const full = { small: 200, large: 4, largeBytes: 500 * MiB };
/** MiB. */
const goal = { memory: 150 };

/** In the order of the table. */
const ways = {
  hurriedPlain: { program: 'plain-upload.ts', between: 0, says: 'plain client, one after the other, no distance' },
  hurriedKit: { program: 'draft-process.ts', between: 0, says: 'release-kit without its distance (no user can ask for it)' },
  plain: { program: 'plain-upload.ts', between: distance, says: 'plain client, a second between changes' },
  kit: { program: 'draft-process.ts', between: distance, says: 'release-kit as it is' },
} as const;
type Way = keyof typeof ways;

export interface DraftTime {
  /** Seconds. */
  readonly wall: number;
  readonly cpu: number;
  /** MiB that the process had at most. */
  readonly memory: number;
  /** The most changes that were asked for in one minute. */
  readonly busiest: number;
  /** The most uploads at a time. */
  readonly uploads: number;
}

export interface DraftTimes {
  readonly files: typeof full;
  readonly times: Readonly<Record<Way, DraftTime>>;
  /** Assets that the plain client without any distance had stored when GitHub's limits ended it. */
  readonly refusedAfter: number;
  readonly load: readonly [number, number];
}

/** Eight minutes, with what `tsc -b` made last; `part` divides the number of small files and the bytes of large ones. `say` tells what is being measured. */
export async function measureDraft(cache: string, say: (line: string) => void, part = '1'): Promise<string> {
  const divisor = Number(part);
  if (!Number.isInteger(divisor) || divisor < 1) throw new Error(`draft:${part} is no number to divide by`);
  const files = { small: Math.ceil(full.small / divisor), large: full.large, largeBytes: Math.ceil(full.largeBytes / divisor) };
  const [load = 0] = loadavg();
  const work = join(cache, 'bench-draft');
  await rm(work, { recursive: true, force: true });
  try {
    await mkdir(work, { recursive: true });
    const sizes = [...Array.from({ length: files.small }, () => MiB), ...Array.from({ length: files.large }, () => files.largeBytes)];
    const list = await makeUploads(join(work, 'files'), sizes);
    const timed = async (way: Way): Promise<DraftTime> => {
      const time = await timeWay(way, list, sizes.length, join(work, 'peak'));
      say(`${ways[way].says}: ${time.wall.toFixed(1)} s, ${time.memory.toFixed(0)} MiB, ${time.busiest} changes a minute`);
      return time;
    };
    const times = {
      hurriedPlain: await timed('hurriedPlain'),
      hurriedKit: await timed('hurriedKit'),
      plain: await timed('plain'),
      kit: await timed('kit'),
    };
    const refusedAfter = await storedWithin(list);
    return draftSection({ files, times, refusedAfter, load: [load, loadavg()[0] ?? 0] });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function timeWay(way: Way, list: string, count: number, peak: string): Promise<DraftTime> {
  await using github = await startFakeGitHub();
  github.latency = latency;
  const { program, between } = ways[way];
  const argv = [...tellPeak(peak), join(import.meta.dirname, program), list, String(between)];
  const { wall, cpu } = await timeProcess([process.execPath, ...argv], environment(github));
  const stored = github.releases[0]?.assets.filter(({ state }) => state === 'uploaded').length;
  if (stored !== count || github.violations.length > 0)
    throw new Error(`${way} stored ${stored} of ${count}: ${github.violations.join('\n')}`);
  const memory = Number(await readFile(peak, 'utf8')) / 1024;
  return { wall, cpu, memory, busiest: busiestMinute(writesOf(github.calls).map(({ at }) => at)), uploads: github.most.uploads };
}

/** How far the plain client comes where GitHub keeps to the limits that it documents. */
async function storedWithin(list: string): Promise<number> {
  await using github = await startFakeGitHub();
  github.latency = latency;
  github.limits.secondary = documentedLimits;
  const program = join(import.meta.dirname, ways.hurriedPlain.program);
  // Its error is what is measured.
  await timeProcess([process.execPath, program, list, '0'], environment(github)).catch(() => undefined);
  return github.releases[0]?.assets.length ?? 0;
}

const environment = ({ url, repository }: { readonly url: string; readonly repository: string }): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_OPTIONS: '',
  GITHUB_API_URL: url,
  GITHUB_REPOSITORY: repository,
});

/** @param times in milliseconds, in their order */
export function busiestMinute(times: readonly number[]): number {
  return Math.max(0, ...times.map((from, index) => times.slice(index).filter((at) => at < from + 60_000).length));
}

export function draftSection({ files, times, refusedAfter, load }: DraftTimes): string {
  const all = files.small + files.large;
  const table = markdownTable([
    ['Way', 'Wall', 'Processor time', 'Memory at most', 'Changes in the busiest minute', 'Uploads at a time'],
    ...Object.entries(times).map(([way, { wall, cpu, memory, busiest, uploads }]) => [
      Object.entries(ways).find(([name]) => name === way)?.[1].says ?? way,
      `${wall.toFixed(1)} s`,
      `${cpu.toFixed(1)} s`,
      `${memory.toFixed(0)} MiB`,
      String(busiest),
      String(uploads),
    ]),
  ]);
  const ratio = (own: Way, other: Way): string => (times[own].wall / times[other].wall).toFixed(2);
  const end =
    refusedAfter < all ? `it ends with a refusal after ${refusedAfter} of ${all} assets` : `it stays within them, with so few files`;
  return `## Drafts

${files.small} assets of 1 MiB and ${files.large} of ${Math.round(files.largeBytes / MiB)} MiB, to the stand-in for GitHub on this machine, which takes ${latency} ms longer for each request than it needs. The plain
client is that of @actions/github as most uploaders use it: each file is read whole and sent when the one before is there; nothing is compared, nothing tried again. One run each.
The load of the machine was ${load[0].toFixed(1)} at the start and ${load[1].toFixed(1)} at the end.

${table}

Wall time over the plain client: ${ratio('kit', 'plain')} with a second between changes, ${ratio('hurriedKit', 'hurriedPlain')} without. GitHub documents 80 changes a minute: without any distance the plain client goes beyond that,
and where the stand-in keeps to GitHub's limits ${end}. The goal for memory is below ${goal.memory} MiB, however large the files are.`;
}
