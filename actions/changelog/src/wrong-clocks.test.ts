import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { openGit, readTags, tagsBefore } from '@release-kit/git';
import { tagFamily, usualRules } from '@release-kit/history';
import { describeNext } from './project-history.ts';

const release = { name: '', path: '', family: tagFamily('v*') };

/** v2.0.0 lies behind a dozen commits from the year 1970, so that git stops its walk before it gets there; v3.0.0 and v2.5.0 are on another branch. */
const commits = [
  commit(1, 1_000_000, []),
  commit(2, 9_000_000, [1]),
  ...Array.from({ length: 12 }, (_, index) => commit(index + 3, index + 1, [index + 2])),
  commit(15, 9_500_000, [14, 1]),
  'reset refs/heads/side\n\n',
  commit(16, 9_600_000, [1], 'side'),
  ...Object.entries({ 'v1.0.0': 1, 'v2.0.0': 2, 'v2.5.0': 16, 'v3.0.0': 16 }).map(
    ([tag, mark]) => `reset refs/tags/${tag}\nfrom :${mark}\n\n`,
  ),
];

function commit(mark: number, time: number, parents: readonly number[], branch = 'main'): string {
  const links = parents.map((parent, index) => `${index === 0 ? 'from' : 'merge'} :${parent}\n`).join('');
  return `commit refs/heads/${branch}\nmark :${mark}\ncommitter A <a@example.org> ${time} +0000\ndata 6\nfix: ${mark % 10}\n${links}\n`;
}

test('a release behind commits with wrong clocks is noticed as the baseline nonetheless', async () => {
  await using host = await recordingHost();
  const cwd = host.files.workspace;
  await host.exec(['git', 'init', '-q', '-b', 'main'], { cwd });
  await host.exec(['git', 'fast-import', '--quiet'], { cwd, stdin: Buffer.from(commits.join('')) });
  const head = (await host.exec(['git', 'rev-parse', 'main'], { cwd })).stdout.trim();
  await using git = await openGit(host, cwd);
  const tags = (await readTags(git)).toReversed();
  expect((await tagsBefore(git, head, tags, () => false, true)).map(({ name }) => name)).toEqual(['v2.0.0', 'v1.0.0']);

  const next = await describeNext(git, {
    ...{ to: 'main', from: undefined, ref: undefined, package: release, packages: [release], step: { kind: 'stable' } },
    ...{ named: { input: undefined, file: undefined }, rules: usualRules, reading: { grammar: {}, squashes: 'title' }, firstTimers: false },
  });
  expect(next).toMatchObject({ plan: { version: '2.0.1' }, start: { name: 'v2.0.0' } });
});
