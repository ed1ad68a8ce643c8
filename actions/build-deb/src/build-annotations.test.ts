import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { annotateMessages } from './build-annotations.ts';
import { buildFailure } from './build-failure.ts';
import { log, places } from './build-sample.test-support.ts';

test('compiler errors and warnings become annotations, but not where the error of the step stands', async () => {
  await using host = await recordingHost();
  const where = await places(host);
  const { error: failure } = await buildFailure(log, 2, ['dpkg-buildpackage -b'], where);
  expect(await annotateMessages(log, where, host, failure)).toEqual({ error: 2, warning: 1 });
  expect(host.recorded.annotations).toEqual([
    { level: 'warning', title: 'compiler warning', message: 'unused', file: 'pkg/a.c', line: 2, column: 3 },
    { level: 'error', title: 'compiler error', message: expect.stringContaining('second'), file: 'pkg/a.c', line: 8, column: 1 },
  ]);
});

test('annotations of a level are capped, and all are counted', async () => {
  await using host = await recordingHost();
  const where = await places(host);
  const many = Array.from({ length: 30 }, (_, index) => `a.c:${index + 1}:1: warning: number ${index}`);
  expect(await annotateMessages(many, where, host)).toEqual({ error: 0, warning: 30 });
  expect(host.recorded.annotations).toHaveLength(9);
});

test('warnings of debhelper and dpkg stand at the lines of debian/ that they are about', async () => {
  await using host = await recordingHost();
  const where = await places(host);
  await mkdir(join(where.source, 'debian'));
  await writeFile(join(where.source, 'debian/control'), 'Source: x\n\nPackage: x\nRecommends: \u0024{nosuch:Depends}\n');
  const warning =
    'dpkg-gencontrol: warning: Recommends field of package x: substitution variable \u0024{nosuch:Depends} used, but is not defined';
  expect(await annotateMessages([warning, warning, 'dh_strip: warning: about nothing'], where, host)).toEqual({ error: 0, warning: 0 });
  expect(host.recorded.annotations).toEqual([
    { level: 'warning', title: 'packaging warning', message: warning.replace('warning: ', ''), file: 'pkg/debian/control', line: 4 },
  ]);
});
