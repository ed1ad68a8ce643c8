import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { annotateCompilerMessages, buildFailure, codeOf } from './build-failure.ts';

const tree = '/build/x-1.0';
const log = [
  '   dh_auto_build',
  'a.c:2:3: warning: unused',
  'a.c:5:7: error: ‘y’ undeclared',
  'a.c:5:7: error: ‘y’ undeclared',
  'a.c:8:1: error: second ::error::x',
  'make: *** [Makefile:2: a] Error 1',
  'dpkg-buildpackage: error: debian/rules binary subprocess returned exit status 2',
];

async function places(host: RecordingHost) {
  const source = join(host.files.workspace, 'pkg');
  await mkdir(source);
  await writeFile(join(source, 'a.c'), '');
  return { source, workspace: host.files.workspace, tree };
}

test('a compiler error becomes the error, others and warnings become annotations', async () => {
  await using host = await recordingHost();
  const where = await places(host);
  const failure = await buildFailure(log, 2, ['dpkg-buildpackage -b'], where);
  expect(failure).toMatchObject({ code: 'E_BUILD_COMPILE', place: { file: 'pkg/a.c', line: 5, column: 7 }, failure: { exitCode: 2 } });
  expect(failure.failure.lastLines.at(-1)).toMatch(/returned exit status 2/);
  expect(await annotateCompilerMessages(log, where, host, failure)).toEqual({ error: 2, warning: 1 });
  expect(host.recorded.annotations).toEqual([
    { level: 'warning', title: 'compiler warning', message: 'unused', file: 'pkg/a.c', line: 2, column: 3 },
    { level: 'error', title: 'compiler error', message: expect.stringContaining('second'), file: 'pkg/a.c', line: 8, column: 1 },
  ]);
});

test('annotations of a level are capped, and all are counted', async () => {
  await using host = await recordingHost();
  const where = await places(host);
  const many = Array.from({ length: 30 }, (_, index) => `a.c:${index + 1}:1: warning: number ${index}`);
  expect(await annotateCompilerMessages(many, where, host)).toEqual({ error: 0, warning: 30 });
  expect(host.recorded.annotations).toHaveLength(9);
});

test('a place outside of the checkout is said in words', async () => {
  await using host = await recordingHost();
  const where = await places(host);
  const failure = await buildFailure(['/usr/include/x.h:3:1: error: bad', 'make: *** [a] Error 1'], 2, ['make'], where);
  expect(failure.place).toBeUndefined();
  expect(failure.message).toBe('/usr/include/x.h:3: bad');
});

test('a full disk has a cure of its own, and an unknown reason the exit code', async () => {
  await using host = await recordingHost();
  const where = await places(host);
  expect(await buildFailure(['cc: fatal: No space left on device'], 2, ['make'], where)).toMatchObject({
    code: 'E_BUILD',
    cure: expect.stringMatching(/Free space/),
  });
  expect(await buildFailure(['\u001b[31m::error::x'], 2, ['make'], where)).toMatchObject({
    code: 'E_BUILD',
    message: 'dpkg-buildpackage ended with exit code 2',
    failure: { lastLines: [expect.not.stringMatching(/^::|\u001b/)] },
  });
});

test('a failed rule of make is shown at its line when nothing better is known', async () => {
  await using host = await recordingHost();
  const where = await places(host);
  await mkdir(join(where.source, 'debian'));
  await writeFile(join(where.source, 'debian/rules'), '');
  const failure = await buildFailure(
    ['make[1]: *** [debian/rules:13: override_dh_auto_build] Error 1', 'make: *** [debian/rules:3: binary] Error 2'],
    2,
    ['make'],
    where,
  );
  expect(failure).toMatchObject({
    code: 'E_BUILD',
    place: { file: 'pkg/debian/rules', line: 13 },
    message: expect.stringMatching(/^make\[1\]: /),
  });
});

test.each([
  ['compile', 'E_BUILD_COMPILE'],
  ['depends', 'E_BUILD_DEPENDS'],
  ['test', 'E_BUILD_TEST'],
  ['network', 'E_BUILD_NETWORK'],
  ['disk', 'E_BUILD'],
  ['other', 'E_BUILD'],
] as const)('the category %s is the code %s', (category, code) => {
  expect(codeOf(category)).toBe(code);
});
