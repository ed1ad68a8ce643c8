import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { codeOf, type RecordingHost, recordingHost } from '@release-kit/action';
import { type Git, openGit } from '@release-kit/git';
import {
  defaultStyle,
  type HistoryNode,
  IncompleteHistory,
  notesOf,
  type Release,
  type ReleaseStep,
  tagFamily,
  usualRules,
  type VersionRules,
} from '@release-kit/history';
import fc from 'fast-check';
import { describeAll } from './full-history.ts';
import type { HistoryRequest } from './history-request.ts';
import { type NaiveRelease, naiveRelease, naiveReleases } from './naive-releases.test-support.ts';
import { describeNext, type NextRelease } from './project-history.ts';
import { type DrawnHistory, drawnHistories, reach, twoReleasedBranches } from './random-history.test-support.ts';
import { readHistory } from './read-history.ts';

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
  /** Which tag is asked for; undefined: a commit. */
  named: fc.option(fc.nat(7), { nil: undefined }),
  step: fc.constantFrom(...steps),
  rules: fc.constantFrom(usualRules, otherRules),
});

test('versions, baselines and lists of any history are those of the written rules, twice the same', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ history, end: back, named, step, rules }) => {
      const { commits, tags } = history;
      const [tagged, place] = (named === undefined ? undefined : [...tags][named % Math.max(1, tags.size)]) ?? [];
      const end = place ?? Math.max(0, commits.length - 1 - back);
      const expected = naiveRelease(history, end, tagged, step, rules);

      const request = requestFor(await imported(history), commits[end]?.sha ?? '', tagged, step, rules);
      const found = await described(request);
      expect(factsOf(found, history)).toEqual(expected);
      if (found === 'E_HISTORY' || expected === 'E_HISTORY') return;
      expectOrder(found.release.commits, history);
      const again = await describeNext(git, request);
      expect(again).toEqual(found);
      expect(notesOf(again.release, defaultStyle)).toBe(notesOf(found.release, defaultStyle));

      const releases: Release[] = [];
      for await (const release of describeAll(git, request, found)) releases.push(release);
      const newest = found.release.version !== undefined && !expected.version.includes('-') ? expected.version : found.plan.previous;
      const next = tagged === undefined && found.release.version !== undefined ? [expected.version] : [];
      expect(releases.map((release) => releaseFacts(release, history)).sort(byVersion)).toEqual(
        [
          ...naiveReleases(
            history,
            end,
            next,
            newest,
            expected.previous,
            releases.map(({ version }) => version),
          ),
        ].sort(byVersion),
      );
      const byDates = await releasesByDates(request, found);
      if (byDates !== undefined)
        expect(byDates.map((release) => releaseFacts(release, history)).sort(byVersion)).toEqual(
          releases.map((release) => releaseFacts(release, history)).sort(byVersion),
        );
      expect(await releasesOfHeld(request, found)).toEqual(releases);
      expectOrder(releases, history);
      for (const release of releases) expectOrder(release.commits, history);
    }),
    {
      numRuns: 30,
      examples: [[{ history: twoReleasedBranches(), end: 0, named: undefined, step: { kind: 'stable' }, rules: usualRules }]],
    },
  );
}, 120_000);

/** From a history that is held, whose order is git's and whose next release is the same. */
async function releasesOfHeld(request: HistoryRequest, found: NextRelease): Promise<readonly Release[]> {
  await using held = await readHistory(git, found.end.sha, request);
  await using long = await readHistory(git, found.end.sha, request, 2);
  const strict = await shasOf(long.log('strict'));
  expect([await shasOf(held.log('dates')), long.whole]).toEqual([strict, strict.length > 2 ? undefined : expect.anything()]);
  // What was read ahead comes first; afterwards the log is read anew.
  expect(await shasOf(long.log('dates'))).toEqual(await shasOf(long.log('dates')));
  expect(await describeNext(git, request, undefined, held.whole)).toEqual(found);
  const releases: Release[] = [];
  for await (const release of describeAll(git, request, found, 'dates', held)) releases.push(release);
  return releases;
}

async function shasOf(log: AsyncIterable<readonly HistoryNode[]>): Promise<readonly string[]> {
  const shas: string[] = [];
  for await (const batch of log) for (const { sha } of batch) shas.push(sha);
  return shas;
}

/** undefined: the clocks were wrong, and that was noticed. */
async function releasesByDates(request: HistoryRequest, found: NextRelease): Promise<readonly Release[] | undefined> {
  const releases: Release[] = [];
  try {
    for await (const release of describeAll(git, request, found, 'dates')) releases.push(release);
    return releases;
  } catch (error) {
    if (error instanceof IncompleteHistory) return undefined;
    throw error;
  }
}

const usualRequest = {
  from: undefined,
  ref: undefined,
  named: { input: undefined, file: undefined },
  reading: { grammar: {}, squashes: 'title' },
  firstTimers: false,
} as const;

/** `name`: of what was imported; `tagged`: the version whose tag is asked for. */
function requestFor(name: string, sha: string, tagged: string | undefined, step: ReleaseStep, rules: VersionRules): HistoryRequest {
  const own = { name: '', path: '', family: tagFamily(`${name}/v*`) };
  const to = tagged === undefined ? sha : `${name}/v${tagged}`;
  return { to, package: own, packages: [own], step, rules, ...usualRequest };
}

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
function factsOf(found: NextRelease | 'E_HISTORY', history: DrawnHistory): NaiveRelease | 'E_HISTORY' {
  if (found === 'E_HISTORY') return found;
  const { plan, release, start } = found;
  return { version: plan.version, bump: plan.bump, previous: start?.version, ...listOf(release, history) };
}

function releaseFacts(release: Release, history: DrawnHistory) {
  return { version: release.version, previous: release.previous?.version, ...listOf(release, history) };
}

function listOf({ commits, count }: Release, history: DrawnHistory): Pick<NaiveRelease, 'count' | 'lasting'> {
  const lasting = new Set(commits.map((commit) => indexIn(history, commit)));
  expect(lasting.size).toBe(commits.length);
  return { count, lasting };
}

function indexIn({ commits }: DrawnHistory, { sha }: { readonly sha: string }): number {
  return commits.findIndex((commit) => commit.sha === sha);
}

function byVersion(a: { readonly version: string | undefined }, b: { readonly version: string | undefined }): number {
  return (a.version ?? '') < (b.version ?? '') ? -1 : 1;
}

/** Newest first: nothing after one of its ancestors. */
function expectOrder(list: readonly { readonly sha: string }[], history: DrawnHistory): void {
  const indexes = list.map((each) => indexIn(history, each));
  for (const [at, index] of indexes.entries()) {
    const ancestors = reach(history.commits, [index]);
    expect(indexes.slice(0, at).filter((earlier) => earlier !== index && ancestors.has(earlier))).toEqual([]);
  }
}
