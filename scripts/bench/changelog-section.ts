/** What was measured of changelogs, as the page shows it. */
import { markdownTable } from '../building/table.ts';
import { peerNames } from './changelog-peers.ts';
import type { ProcessTime } from './process-time.ts';

interface KitTime extends ProcessTime {
  /** MiB that our process had at most. */
  readonly peak: number;
}

export interface PeerTime extends ProcessTime {
  /** At the limit: it would have taken longer. */
  readonly stopped: boolean;
}

export interface HistoryTimes {
  readonly name: string;
  readonly commits: number;
  /** git log of all commits, with the fields that we read. */
  readonly floor: ProcessTime;
  /** The whole history: version, notes and changelog. */
  readonly full: KitTime;
  /** git log of the commits since the last release. */
  readonly lastFloor: ProcessTime;
  /** Version and notes of what comes next; undefined where nothing was ever released. */
  readonly last: KitTime | undefined;
  readonly cliff?: PeerTime;
  readonly conventional?: PeerTime;
}

export interface ChangelogTimes {
  /** Node and so many processes of git, which do nothing. */
  readonly bare: ProcessTime;
  readonly synthetic: readonly HistoryTimes[];
  readonly real: readonly HistoryTimes[];
  /** Histories that could not be fetched. */
  readonly missing: readonly string[];
  /** Seconds after which other tools were stopped. */
  readonly limit: { readonly cliff: number; readonly conventional: number };
  /** Load of the machine at the start and at the end. */
  readonly load: readonly [number, number];
}

/** The goals: times the floor, and seconds and MiB. */
const goal = { full: 3, last: 1.5, added: 0.2, memory: 300, cliff: 50, doubling: 2.3 };

export function changelogSection({ bare, synthetic, real, missing, limit, load }: ChangelogTimes): string {
  return `## Changelogs

release-kit is the action's bundle in a process of its own, from its first line to its last, with Node's start. The floor is \`git log\` with the fields that are read
(SHA, parents, author, date, whole message) in git's cheapest order, written to \`/dev/null\`. The whole history is version, notes, and a changelog of all releases; the last release is
version and notes of what came since the newest stable tag. Synthetic histories are seeded: merges, squashes, reverts, trailers, breaking footers, and a release for each 250 commits;
no history has a commit-graph. Each figure is the median of 3 to 11 runs taken in turn, those of other tools one run. The load of the machine was ${load[0].toFixed(1)} at the start and ${load[1].toFixed(1)} at the end.

${floors([...synthetic, ...real])}

Node's start and five git processes that find the repository and read nothing, three at once and then two, take ${both(bare)}. It is in every figure of ours, and no program on
Node that asks git for tags and log can save it; one that is compiled saves Node's part. Where the release before is not among the greatest tags, or a revert names an older commit, there are some more.

Goals: the whole history below ${goal.full} times the floor, the last release below ${goal.last} times its floor and ${goal.added} s, memory of our process below ${goal.memory} MiB.

${doubling(synthetic)}

${peers([...synthetic, ...real], limit)}

The goal is ${goal.cliff} times faster than git-cliff. Nothing that reads a history takes less than the floor, so git-cliff's time over the floor is the most that any program could
reach: ${reachable([...synthetic, ...real])} Other tools do less: they skip commits that follow no convention, and git-cliff is fast where it lists
next to nothing ([comparison](changelog-comparison.md)).${missing.length === 0 ? '' : ` Not measured, as they could not be fetched: ${missing.join(', ')}.`}`;
}

function floors(histories: readonly HistoryTimes[]): string {
  const rows = histories.map(({ name, commits, floor, full, lastFloor, last }) => [
    name,
    `${commits}`,
    both(floor),
    both(full),
    `${ratio(full.wall, floor.wall)} / ${ratio(full.cpu, floor.cpu)}`,
    mebibytes(full.peak),
    last === undefined ? '' : `${both(last)}`,
    last === undefined ? '' : `${Math.max(0, last.wall - goal.last * lastFloor.wall).toFixed(2)} s`,
  ]);
  const head = [
    'Wall / processor time',
    'Commits',
    'Floor',
    'Whole history',
    'Over the floor',
    'Memory',
    'Last release',
    'Above 1.5 floors',
  ];
  return markdownTable([head, ...rows]);
}

function doubling(histories: readonly HistoryTimes[]): string {
  const rows = histories.flatMap((history) => {
    const half = histories.find(({ commits }) => commits * 2 === history.commits);
    if (half === undefined) return [];
    const grown = (field: 'wall' | 'cpu'): string => ratio(history.full[field], half.full[field]);
    return [[`${half.commits} to ${history.commits} commits`, `at most ${goal.doubling}`, grown('wall'), grown('cpu')]];
  });
  return markdownTable([['Double the history', 'Goal', 'Wall', 'Processor time'], ...rows]);
}

function peers(histories: readonly HistoryTimes[], limit: ChangelogTimes['limit']): string {
  const cell = (peer: PeerTime, own: ProcessTime): readonly string[] => {
    const more = peer.stopped ? 'more than ' : '';
    return [`${more}${both(peer)}`, `${more}${ratio(peer.wall, own.wall)} / ${ratio(peer.cpu, own.cpu)}`];
  };
  const rows = histories.flatMap(({ name, floor, full, cliff, conventional }) => {
    if (cliff === undefined || conventional === undefined) return [];
    const [time, overOurs = ''] = cell(cliff, full);
    const [, overFloor = ''] = cell(cliff, floor);
    return [[name, both(full), ...[time ?? '', overOurs, overFloor], ...cell(conventional, full)]];
  });
  const head = ['Whole history', 'release-kit', peerNames.cliff, 'Over ours', 'Over the floor', peerNames.conventional, 'Over ours'];
  return `git-cliff was stopped after ${limit.cliff} s, conventional-changelog after ${limit.conventional} s.\n\n${markdownTable([head, ...rows])}`;
}

/** Of the rows of the table: how many have room for the goal at all. */
function reachable(histories: readonly HistoryTimes[]): string {
  const rows = histories.flatMap(({ floor, cliff }) => (cliff === undefined ? [] : [cliff.wall / floor.wall]));
  const can = rows.filter((times) => times >= goal.cliff).length;
  if (can === rows.length) return 'every row has room for the goal.';
  return `on ${rows.length - can} of ${rows.length} rows it is below ${goal.cliff}, and there nobody can meet the goal.`;
}

const both = ({ wall, cpu }: ProcessTime): string => `${wall.toFixed(2)} s / ${cpu.toFixed(2)} s`;
const ratio = (a: number, b: number): string => (a / b).toFixed(a / b < 10 ? 2 : 0);
const mebibytes = (value: number): string => `${value.toFixed(0)} MiB`;
