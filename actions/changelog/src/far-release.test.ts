import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { type Git, openGit } from '@release-kit/git';
import { tagFamily, usualRules } from '@release-kit/history';
import type { HistoryRequest } from './history-request.ts';
import { describeNext } from './project-history.ts';
import { makeHistory, type Step } from './test-history.ts';

const root = { name: '', path: '', family: tagFamily('v*') };
const request: HistoryRequest = {
  ...{ to: 'main', from: undefined, ref: undefined, package: root, packages: [root], step: { kind: 'stable' } },
  ...{ named: { input: '999.0.0', file: undefined }, rules: usualRules, reading: { grammar: {}, squashes: 'title' }, firstTimers: false },
};

/** Releases of another branch that was never merged, all greater than those of main. */
const aside = (count: number): readonly Step[] => Array.from({ length: count }, (_, index) => `tag v${index + 2}.0.0`);

/** What is released next on main, where so many releases are on another branch, and what git was asked for it. */
async function nextBeside(count: number) {
  await using host = await recordingHost();
  const checkout = host.files.workspace;
  const main: readonly Step[] = ['feat: one', 'tag v0.9.0', 'fix: two', 'tag v1.0.0', 'feat: three', 'tag v1.1.0-rc.1', 'fix: four'];
  const revert: Step = ['revert: five', `This reverts commit ${'abcdef0123'.repeat(4)}.`];
  await makeHistory(host, checkout, [...main, revert, 'branch side', 'fix: aside', ...aside(count)]);
  const asked: string[] = [];
  await using git = await openGit(host, checkout);
  const watched: Git = {
    ...git,
    run: (args, options) => {
      asked.push(args[0] ?? '');
      return git.run(args, options);
    },
  };
  const { plan, start, release, before } = await describeNext(watched, request);
  const subjects = release.commits.map(({ subject }) => subject);
  return { told: { version: plan.version, start: start?.name, before: before.map(({ name }) => name), subjects }, asked };
}

const expected = {
  version: '999.0.0',
  start: 'v1.0.0',
  before: ['v1.1.0-rc.1', 'v1.0.0'],
  subjects: ['revert: five', 'fix: four', 'feat: three'],
};

test('a release below a few of another branch is found by asking git about those', async () => {
  const { told, asked } = await nextBeside(3);
  expect(told).toEqual(expected);
  expect(asked.filter((word) => word === 'rev-list').length).toBeGreaterThan(0);
});

test('a release far below others is found in the log, which git walks through once', async () => {
  const { told, asked } = await nextBeside(90);
  expect(told).toEqual(expected);
  // The log from the greatest release on, which is ended, and the one of all; two questions about the greatest tags.
  expect(asked.toSorted()).toEqual(['cat-file', 'for-each-ref', 'log', 'log', 'merge-base', 'rev-list']);
});
