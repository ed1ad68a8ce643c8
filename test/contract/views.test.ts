import { inflateSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { startFakeGitHub } from '@release-kit/github-stand-in';
import { hostileLines } from '../support/hostile.ts';
import { smallPng } from '../support/pictures/small-png.ts';
import { checksPage } from '../support/views/checks-page.ts';
import { criticalPath, levelOf } from '../support/views/critical-path.ts';
import { filesPage, readDiff } from '../support/views/files-page.ts';
import { releasePage } from '../support/views/release-page.ts';
import { runPage, summariesPage } from '../support/views/run-page.ts';
import type { SeenJob, SeenRun } from '../support/views/seen-run.ts';

const job = (id: string, needs: readonly string[], startedAt: number, endedAt: number, given: Partial<SeenJob> = {}): SeenJob => ({
  ...{ id, name: id, needs, startedAt, endedAt, conclusion: 'success', annotations: [], summaries: [] },
  ...given,
});

test('the critical path goes back by the needed job that ended last, and tells what was waited for', () => {
  const jobs = [
    job('plan', [], 0, 10),
    job('amd64', ['plan'], 11, 50),
    job('arm64', ['plan'], 50, 90),
    job('titles', [], 0, 60),
    job('gate', ['amd64', 'arm64', 'titles'], 92, 93),
  ];
  expect(criticalPath(jobs).map(({ job: { id }, waited, took }) => [id, waited, took])).toEqual([
    ['plan', 0, 10],
    ['arm64', 40, 40],
    ['gate', 2, 1],
  ]);
  expect(criticalPath(jobs, 'amd64').map(({ job: { id } }) => id)).toEqual(['plan', 'amd64']);
  expect(jobs.map((each) => levelOf(each, jobs))).toEqual([0, 1, 1, 0, 2]);
});

test('a skipped job is passed over on the critical path', () => {
  const jobs = [job('plan', [], 0, 10), job('build', ['plan'], 0, 0, { conclusion: 'skipped' }), job('gate', ['build'], 12, 13)];
  expect(criticalPath(jobs).map(({ job: { id } }) => id)).toEqual(['plan', 'gate']);
});

test('a run in which nothing ran has no critical path', () => {
  expect(criticalPath([job('build', [], 0, 0, { conclusion: 'skipped' })])).toEqual([]);
});

const diff = `diff --git debian/control debian/control
index 1111111..2222222 100644
--- debian/control
+++ debian/control
@@ -3,3 +3,4 @@ Section: net
 Priority: optional
-Depends: a
+Depends: b
+Recommends: c
 Description: d
\\ No newline at end of file
diff --git gone gone
deleted file mode 100644
--- gone
+++ /dev/null
@@ -1 +0,0 @@
-x
`;

test('lines of a change have the numbers that annotations name', () => {
  expect(readDiff(diff).map(({ path, lines }) => [path, lines.map(({ kind, line }) => `${kind} ${line ?? ''}`)])).toEqual([
    ['debian/control', ['gap ', 'same 3', 'removed ', 'added 4', 'added 5', 'same 6']],
    ['gone', ['gap ', 'removed ']],
  ]);
});

test('an annotation stands below its line, and one of an unchanged file at the end', () => {
  const note = { level: 'error', title: 'a tag', message: 'too old', file: 'debian/control', line: 5 } as const;
  const page = filesPage('t', readDiff(diff), [note, { ...note, message: 'elsewhere', file: 'debian/rules', line: 1 }]);
  expect(page.indexOf('too old')).toBeGreaterThan(page.indexOf('Recommends: c'));
  expect(page.indexOf('too old')).toBeLessThan(page.indexOf('Description: d'));
  expect(page.indexOf('elsewhere')).toBeGreaterThan(page.indexOf('Unchanged files'));
});

test.each(hostileLines)('no page obeys %j', async (line) => {
  const annotation = { level: 'warning', title: line, message: line, file: line, line: 1 } as const;
  const jobs = [job('gate', [], 0, 1, { name: line, annotations: [annotation], summaries: [line] })];
  const run: SeenRun = { workflow: line, title: line, event: line, ref: line, sha: 'a', attempt: 1, conclusion: 'failure', jobs };
  await using github = await startFakeGitHub({ repository: 'owner/project' });
  const release = github.addRelease({ tag: line, title: line, body: line, draft: true });
  const pages = [
    runPage(run),
    await summariesPage(run.jobs),
    checksPage(run, line, line),
    filesPage(line, readDiff(diff), [annotation]),
    await releasePage(release, line),
  ];
  for (const page of pages) expect(page).not.toMatch(/<(?:script|iframe|img src=x|[^>]* onerror=)|href="javascript/);
});

test('a small picture names each point by its colour', () => {
  const points = Uint8Array.from([255, 255, 255, 0, 0, 0, 17, 34, 51, 255, 255, 255]);
  const png = Buffer.from(smallPng({ width: 2, height: 2, points }));
  const content = (name: string): Buffer => {
    const at = png.indexOf(name, 0, 'latin1');
    return png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4));
  };
  expect([...content('PLTE')]).toEqual([255, 255, 255, 0, 0, 0, 17, 34, 51]);
  expect([...inflateSync(content('IDAT'))]).toEqual([0, 0, 1, 0, 2, 0]);
});
