/** What it takes to bring many files, and large ones, to GitHub: against a plain client, with the latency of a network. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { usualLimits } from '@release-kit/github';
import { documentedLimits, startFakeGitHub, writesOf } from '@release-kit/github-stand-in';
import { markdownTable } from '../building/table.ts';
import { tellPeak } from './peak-memory.ts';
import { timeProcess } from './process-time.ts';
import { makeUploads } from './upload-list.ts';

const MiB = 1024 * 1024;
/** Of all requests, in milliseconds. */
const latency = 30;
/** GitHub's advice ("Best practices for using the REST API"), in milliseconds from one change to the next. */
const distance = 1000;
const { changesAMinute } = usualLimits;
const full = { small: 200, large: 4, largeBytes: 500 * MiB };
/** MiB that large files may add to what small ones take. */
const goal = { memory: 100 };

/**
 * In the order of the table. `pace`: milliseconds between changes of the plain client, changes a minute of release-kit. `limited`: where
 * GitHub keeps to the limits that it documents.
 */
const ways = {
  hurriedPlain: { program: 'plain-upload.ts', pace: 0, limited: false, says: 'plain client, one after the other, no limits' },
  hurriedSmall: {
    program: 'draft-process.ts',
    pace: Number.POSITIVE_INFINITY,
    limited: false,
    says: 'release-kit as fast as it can, no limits: only the small ones',
  },
  hurriedKit: {
    program: 'draft-process.ts',
    pace: Number.POSITIVE_INFINITY,
    limited: false,
    says: 'release-kit as fast as it can, no limits: all',
  },
  plain: {
    program: 'plain-upload.ts',
    pace: distance,
    limited: true,
    says: 'plain client, a second from one to the next, within limits',
  },
  kit: { program: 'draft-process.ts', pace: changesAMinute, limited: true, says: 'release-kit as it is, within limits' },
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

/** What becomes of the plain client without any distance where GitHub keeps to its limits. */
export interface RefusedRun {
  /** Assets that it had stored when it was refused. */
  readonly stored: number;
  /** Drafts that there are when it was started again a minute later. */
  readonly drafts: number;
}

export interface DraftTimes {
  readonly files: typeof full;
  readonly times: Readonly<Record<Way, DraftTime>>;
  readonly refused: RefusedRun;
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
    const small = Array.from({ length: files.small }, () => MiB);
    const all = [...small, ...Array.from({ length: files.large }, () => files.largeBytes)];
    const list = await makeUploads(join(work, 'all'), all);
    const smallList = await makeUploads(join(work, 'small'), small);
    const timed = async (way: Way): Promise<DraftTime> => {
      const [from, count] = way === 'hurriedSmall' ? [smallList, small.length] : [list, all.length];
      const time = await timeWay(way, from, count, join(work, 'peak'));
      say(`${ways[way].says}: ${time.wall.toFixed(1)} s, ${time.memory.toFixed(0)} MiB, ${time.busiest} changes a minute`);
      return time;
    };
    const times = {
      hurriedPlain: await timed('hurriedPlain'),
      hurriedSmall: await timed('hurriedSmall'),
      hurriedKit: await timed('hurriedKit'),
      plain: await timed('plain'),
      kit: await timed('kit'),
    };
    const refused = await withoutDistance(list);
    return draftSection({ files, times, refused, load: [load, loadavg()[0] ?? 0] });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function timeWay(way: Way, list: string, count: number, peak: string): Promise<DraftTime> {
  await using github = await startFakeGitHub();
  github.latency = latency;
  const { program, pace, limited } = ways[way];
  if (limited) github.limits.secondary = documentedLimits;
  const argv = [...tellPeak(peak), join(import.meta.dirname, program), list, String(pace)];
  const { wall, cpu } = await timeProcess([process.execPath, ...argv], environment(github));
  const stored = github.releases[0]?.assets.filter(({ state }) => state === 'uploaded').length;
  const refused = github.calls.filter(({ answered }) => answered === 403).length;
  if (stored !== count || refused > 0 || github.violations.length > 0)
    throw new Error(`${way} stored ${stored} of ${count}, ${refused} requests were refused: ${github.violations.join('\n')}`);
  const memory = Number(await readFile(peak, 'utf8')) / 1024;
  return { wall, cpu, memory, busiest: busiestMinute(writesOf(github.calls).map(({ at }) => at)), uploads: github.most.uploads };
}

/** How far the plain client comes without any distance, and what there is when it is started again. */
async function withoutDistance(list: string): Promise<RefusedRun> {
  let later = 0;
  await using github = await startFakeGitHub({ now: () => Date.now() + later });
  github.latency = latency;
  github.limits.secondary = documentedLimits;
  const program = join(import.meta.dirname, ways.hurriedPlain.program);
  // Its error is what is measured.
  const run = () => timeProcess([process.execPath, program, list, '0'], environment(github)).catch(() => undefined);
  await run();
  const stored = github.releases[0]?.assets.length ?? 0;
  later = 61_000;
  await run();
  return { stored, drafts: github.releases.length };
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

export function draftSection({ files, times, refused, load }: DraftTimes): string {
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
  const more = times.hurriedKit.memory - times.hurriedSmall.memory;
  const end =
    refused.stored < all
      ? `It ends with a refusal after ${refused.stored} of ${all} assets; started again a minute later it leaves ${refused.drafts} drafts of the tag, none of them whole.`
      : 'With so few files it stays within them.';
  return `## Drafts

${files.small} assets of 1 MiB and ${files.large} of ${Math.round(files.largeBytes / MiB)} MiB, to the stand-in for GitHub on this machine, which takes ${latency} ms longer for each request than it needs. The plain
client is that of @actions/github as most uploaders use it: each file is read whole and sent when the one before is there; nothing is compared, nothing tried again. One run each.
The load of the machine was ${load[0].toFixed(1)} at the start and ${load[1].toFixed(1)} at the end.

${table}

Wall time over the plain client: ${ratio('kit', 'plain')} within the limits, ${ratio('hurriedKit', 'hurriedPlain')} without. GitHub asks for a second between changes and refuses more than about 80 a minute that create
content. It does not say whether uploads of assets are counted; uploaders are refused after some hundreds of them. The advice is for whoever makes many changes: release-kit
makes 60 in any minute, as fast as it can, and keeps a second between them once it was refused. So ${all} assets take ${Math.floor(all / changesAMinute)} minutes at least, and large files go out meanwhile. The plain client without any distance where the stand-in keeps to these limits: ${end}

Memory: large files add ${more.toFixed(0)} MiB to what small ones take, and may add ${goal.memory}: what the garbage collector lets lie about, whatever their size.`;
}
