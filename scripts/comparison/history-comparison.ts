import { join } from 'node:path';
import { type ChangelogPeers, peerNames } from '../bench/changelog-peers.ts';
import type { PublicHistory } from '../bench/histories.ts';
import { type Changelog, cliffChangelog, conventionalChangelog, ownChangelog } from './changelogs.ts';
import { cliffDifferences, conventionalDifferences, type Differences, unexplained } from './differences.ts';
import { commitOfTag, countCommits, type PlainCommit, plainHistory } from './git-history.ts';
import { isConventional } from './oracle.ts';

export interface HistoryComparison {
  readonly name: string;
  readonly habit: string;
  readonly commits: number;
  /** By the oracle. */
  readonly conventional: number;
  /** By us: listed as conventional, or taken back. */
  readonly own: { readonly listed: number; readonly merges: number; readonly takenBack: number };
  readonly cliff: PeerComparison | undefined;
  readonly conventionalChangelog: PeerComparison | undefined;
  readonly problems: readonly string[];
}

export interface PeerComparison {
  /** How many commits it lists. */
  readonly listed: number;
  /** By category: how many, and the header of the newest. */
  readonly differences: ReadonlyMap<string, { readonly count: number; readonly example: string }>;
}

/**
 * @param peers undefined: only we and the oracle are compared
 * @param work a folder for what the tools write, beside the context of conventional-changelog
 */
export async function compareHistory(
  { name, habit, tags = 'v*' }: PublicHistory,
  checkout: string,
  work: string,
  peers: ChangelogPeers | undefined,
): Promise<HistoryComparison> {
  const history = await plainHistory(checkout);
  const raw = await ownChangelog(checkout, tags);
  const [head = ''] = history.keys();
  const output = (tool: string): string => join(work, `${name.replace('/', '+')}-${head}-${tool}`);
  const cliff = peers && (await cliffChangelog(checkout, tags, peers, output(peerNames.cliff)));
  const other = peers && (await conventionalChangelog(checkout, peers, join(work, 'context.json'), output(peerNames.conventional)));
  const releases = new Set([...raw.listed.values(), ...(cliff?.values() ?? [])].map(({ release }) => release));
  const commitOf = new Map<string, string>();
  for (const release of releases) {
    const sha = release === '' ? undefined : await commitOfTag(checkout, release);
    if (sha !== undefined) commitOf.set(release, sha);
  }
  // What comes next has a name already, but no tag.
  const listed = [...raw.listed].map(([sha, commit]) => [sha, commitOf.has(commit.release) ? commit : { ...commit, release: '' }] as const);
  const own = { listed: new Map(listed), count: raw.count };
  const differences = (changelog: Changelog | undefined, compare: typeof cliffDifferences): PeerComparison | undefined =>
    changelog === undefined
      ? undefined
      : { listed: changelog.size, differences: examplesOf(compare({ history, own, other: changelog, commitOf }), history) };
  const ofCliff = differences(cliff, cliffDifferences);
  const ofConventional = differences(other, conventionalDifferences);

  const commits = await countCommits(checkout);
  const conventional = [...history.values()].filter(({ message }) => isConventional(message)).length;
  const takenBack = [...history.values()].filter(({ sha }) => !own.listed.has(sha)).length;
  const merges = [...own.listed.values()].filter(({ kind }) => kind === 'merge').length;
  const problems = [
    ...(history.size === commits ? [] : [`git log has ${history.size} commits, and rev-list ${commits}`]),
    ...(own.count === commits ? [] : [`our releases have ${own.count} commits, and the history ${commits}`]),
    ...misread(history, own.listed),
    ...[ofCliff, ofConventional].flatMap((peer) => {
      const left = peer?.differences.get(unexplained);
      return left === undefined ? [] : [`${left.count} differences have no reason, for example ${left.example}`];
    }),
  ];
  const counts = { listed: own.listed.size - merges, merges, takenBack };
  return { name, habit, commits, conventional, own: counts, cliff: ofCliff, conventionalChangelog: ofConventional, problems };
}

/** Listed commits that we and the oracle see with different eyes; reverts with a conventional header are both. */
function misread(history: ReadonlyMap<string, PlainCommit>, listed: Changelog): readonly string[] {
  return [...listed.values()].flatMap(({ sha, kind }) => {
    const message = history.get(sha)?.message ?? '';
    const isOurs = kind === 'conventional' || (kind === 'revert' && /^revert[(!:]/i.test(message.trimStart()));
    return isOurs === isConventional(message) ? [] : [`${sha} is ${kind} for us, but not for the oracle: ${headerOf(message)}`];
  });
}

function examplesOf(differences: Differences, history: ReadonlyMap<string, PlainCommit>): PeerComparison['differences'] {
  return new Map(
    [...differences].map(([category, shas]) => {
      const [first = ''] = shas;
      return [category, { count: shas.length, example: `${first.slice(0, 10)} ${headerOf(history.get(first)?.message ?? '')}` }];
    }),
  );
}

function headerOf(message: string): string {
  return (message.trimStart().split('\n', 1)[0] ?? '').slice(0, 80);
}
