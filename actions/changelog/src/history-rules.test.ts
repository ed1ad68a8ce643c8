import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { codeOf, type RecordingHost, recordingHost } from '@release-kit/action';
import { type Git, openGit } from '@release-kit/git';
import { defaultStyle, notesOf, type ReleaseStep, tagFamily, usualRules, type VersionRules } from '@release-kit/history';
import fc from 'fast-check';
import type { HistoryRequest } from './history-request.ts';
import { type NaiveRelease, naiveRelease } from './naive-releases.test-support.ts';
import { describeNext, type NextRelease } from './project-history.ts';
import { type DrawnHistory, drawnHistories, reach } from './random-history.test-support.ts';

// All histories go into one repository, each with branches and tags of its own name.
let host: RecordingHost;
let git: Git;
let count = 0;
beforeAll(async () => {
  host = await recordingHost();
  await host.exec(['git', 'init', '-q', '-b', 'main'], { cwd: host.files.workspace });
  git = await openGit(host, host.files.workspace);
});
afterAll(async () => {
  await git[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
});

const steps: readonly ReleaseStep[] = [
  { kind: 'stable' },
  { kind: 'stable' },
  { kind: 'pre-release', channel: 'rc' },
  { kind: 'pre-release', channel: 'beta' },
  { kind: 'promotion' },
];
const otherRules: VersionRules = { ...usualRules, zero: { breaking: 'major', feature: 'patch' } };

const cases = fc.record({
  history: drawnHistories(30),
  end: fc.nat(8),
  named: fc.boolean(),
  step: fc.constantFrom(...steps),
  rules: fc.constantFrom(usualRules, otherRules),
});

test('versions, baselines and lists of any history are those of the written rules, twice the same', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ history, end: back, named, step, rules }) => {
      const { commits, tags } = history;
      const end = Math.max(0, commits.length - 1 - back);
      const tagged = named ? [...tags].find(([, place]) => place === end)?.[0] : undefined;
      const expected = naiveRelease(history, end, tagged, step, rules);

      const name = await imported(history);
      const own = { name: '', path: '', family: tagFamily(`${name}/v*`) };
      const to = tagged === undefined ? (commits[end]?.sha ?? '') : `${name}/v${tagged}`;
      const request = { to, package: own, packages: [own], step, rules, ...usualRequest };
      const found = await described(request);
      expect(factsOf(found, history)).toEqual(expected);
      if (found === 'E_HISTORY') return;
      inOrder(found, history);
      const again = await describeNext(git, request);
      expect(again).toEqual(found);
      expect(notesOf(again.release, defaultStyle)).toBe(notesOf(found.release, defaultStyle));
    }),
    { numRuns: 60 },
  );
}, 120_000);

const usualRequest = {
  from: undefined,
  ref: undefined,
  named: { input: undefined, file: undefined },
  reading: { grammar: {}, squashes: 'title' },
  firstTimers: false,
} as const;

async function imported(history: DrawnHistory): Promise<string> {
  count += 1;
  const name = `h${count}`;
  await host.exec(['git', 'fast-import', '--quiet', '--force'], { cwd: host.files.workspace, stdin: Buffer.from(history.importAs(name)) });
  return name;
}

async function described(request: HistoryRequest): Promise<NextRelease | 'E_HISTORY'> {
  try {
    return await describeNext(git, request);
  } catch (error) {
    if (codeOf(error) === 'E_HISTORY') return 'E_HISTORY';
    throw error;
  }
}

/** The same facts as the model's. */
function factsOf(found: NextRelease | 'E_HISTORY', { commits }: DrawnHistory): NaiveRelease | 'E_HISTORY' {
  if (found === 'E_HISTORY') return found;
  const { plan, release, start } = found;
  const lasting = new Set(release.commits.map(({ sha }) => commits.findIndex((commit) => commit.sha === sha)));
  expect(lasting.size).toBe(release.commits.length);
  return { version: plan.version, bump: plan.bump, previous: start?.version, count: release.count, lasting };
}

/** Newest first: no commit after one of its ancestors. */
function inOrder({ release }: NextRelease, { commits }: DrawnHistory): void {
  const listed = release.commits.map(({ sha }) => commits.findIndex((commit) => commit.sha === sha));
  for (const [at, index] of listed.entries()) {
    const ancestors = reach(commits, [index]);
    expect(listed.slice(0, at).filter((earlier) => ancestors.has(earlier))).toEqual([]);
  }
}
