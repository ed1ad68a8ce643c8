import { codeSpan } from '@release-kit/action/inert';
import { peerNames } from '../bench/changelog-peers.ts';
import { markdownTable } from '../building/table.ts';
import { cliffReasons, conventionalReasons, type Reasons } from './differences.ts';
import type { HistoryComparison, PeerComparison } from './history-comparison.ts';

/** docs/changelog-comparison.md */
export function comparisonPage(compared: readonly HistoryComparison[]): string {
  const counts = markdownTable([
    [
      'History',
      'Habit',
      'Commits',
      'Conventional (oracle)',
      'Listed by us',
      'Merges, counted',
      'Taken back, fixups',
      'git-cliff lists',
      'conventional-changelog lists',
    ],
    ...compared.map(({ name, habit, commits, conventional, own, cliff, conventionalChangelog }) => [
      name,
      habit,
      ...[commits, conventional, own.listed, own.merges, own.takenBack].map(String),
      listedBy(cliff),
      listedBy(conventionalChangelog),
    ]),
  ]);
  return `<!-- Written by \`node --conditions=release-kit:source scripts/compare-changelogs.ts\`; do not edit. -->
# Changelogs of real histories, compared

${compared.length} public histories of different habits, all that their default branch has. "Oracle" is a regular expression that was written from the text of Conventional Commits 1.0.0
and shares nothing with our grammar: for every commit that we list, it agrees with us whether the header is conventional. Listed commits, merges, and those that were taken back
inside a release are together all commits that git counts: none is dropped. The script that writes this page fails when one of this is not so, and when a difference has no reason.

${counts}

## ${peerNames.cliff}

Without a configuration of the project, with the same tags as ours. Each commit that it and we see in different ways is counted in a category; the examples are the newest ones.

${reasonTable(compared, ({ cliff }) => cliff, cliffReasons)}

## ${peerNames.conventional}

With the preset conventionalcommits and all releases; by the commits that it links to. It tells releases apart only by tags that are a version and nothing else, so releases are not compared.

${reasonTable(compared, ({ conventionalChangelog }) => conventionalChangelog, conventionalReasons)}
`;
}

function listedBy(peer: PeerComparison | undefined): string {
  return peer === undefined ? 'took too long' : `${peer.listed}`;
}

function reasonTable(
  compared: readonly HistoryComparison[],
  peerOf: (comparison: HistoryComparison) => PeerComparison | undefined,
  reasons: Reasons,
): string {
  const rows = Object.entries(reasons).flatMap(([category, reason]) => {
    const found = compared.flatMap((comparison) => {
      const difference = peerOf(comparison)?.differences.get(category);
      return difference === undefined ? [] : [{ name: comparison.name, ...difference }];
    });
    const most = found.toSorted((a, b) => b.count - a.count)[0];
    if (most === undefined) return [];
    const where = found.map(({ name, count }) => `${name.split('/')[1]} ${count}`).join(', ');
    return [[reason, `${found.reduce((sum, { count }) => sum + count, 0)}`, where, `${most.name.split('/')[1]} ${codeSpan(most.example)}`]];
  });
  return markdownTable([['Difference and reason', 'Commits', 'Where', 'Example'], ...rows]);
}
