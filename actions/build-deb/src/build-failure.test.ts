import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { buildFailure, usefulLines } from './build-failure.ts';
import { log, places, tree } from './build-sample.test-support.ts';

test('a compiler error becomes the error, at its line and with the cure of the table', async () => {
  await using host = await recordingHost();
  const where = await places(host);
  const { error, problem } = await buildFailure(log, 2, ['dpkg-buildpackage -b'], where);
  expect(error).toMatchObject({
    code: 'E_BUILD_COMPILE',
    place: { file: 'pkg/a.c', line: 5, column: 7 },
    failure: { exitCode: 2 },
    cure: 'Correct the source line.',
  });
  expect(problem).toMatchObject({ failure: 'compiler', category: 'compile' });
  expect(error.failure.lastLines.at(-1)).toMatch(/returned exit status 2/);
});

test('a place outside of the checkout is said in words', async () => {
  await using host = await recordingHost();
  const where = await places(host);
  const { error: failure } = await buildFailure(['/usr/include/x.h:3:1: error: bad', 'make: *** [a] Error 1'], 2, ['make'], where);
  expect(failure.place).toBeUndefined();
  expect(failure.message).toBe('/usr/include/x.h:3: bad');
});

test('an empty submodule is named where something is missing, and nowhere else', async () => {
  await using host = await recordingHost();
  const where = await places(host);
  await mkdir(join(where.source, 'vendor/lib'), { recursive: true });
  await writeFile(join(where.source, '.gitmodules'), '[submodule "lib"]\n\tpath = vendor/lib\n');
  const missing = await buildFailure(['a.c:1:10: fatal error: lib.h: No such file or directory'], 2, ['make'], where);
  expect(missing.error.cure).toMatch(/^The submodule vendor\/lib is empty: .*--init --recursive\. If that is not it: Add the package/);
  expect((await buildFailure(log, 2, ['make'], where)).error.cure).toBe('Correct the source line.');
});

test('a full disk has a cure of its own, and an unknown reason the exit code', async () => {
  await using host = await recordingHost();
  const where = await places(host);
  expect(await buildFailure(['cc: fatal: No space left on device'], 2, ['make'], where)).toMatchObject({
    error: { code: 'E_BUILD', cure: expect.stringMatching(/Free space/) },
    problem: { failure: 'disk-full' },
  });
  expect(await buildFailure(['\u001b[31m::error::x'], 2, ['make'], where)).toMatchObject({
    error: {
      code: 'E_BUILD',
      message: 'dpkg-buildpackage ended with exit code 2',
      failure: { lastLines: [expect.not.stringMatching(/^::|\u001b/)] },
    },
    problem: undefined,
  });
});

test('a failed rule of make is shown at its line when nothing better is known', async () => {
  await using host = await recordingHost();
  const where = await places(host);
  await mkdir(join(where.source, 'debian'));
  await writeFile(join(where.source, 'debian/rules'), '');
  const { error: failure } = await buildFailure(
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

test('what debhelper misses is shown at the line of debian/ that asks for it', async () => {
  await using host = await recordingHost();
  const where = await places(host);
  await mkdir(join(where.source, 'debian'));
  await writeFile(join(where.source, 'debian/x.install'), 'usr/lib\nusr/bin/prog\n');
  await writeFile(join(where.source, 'debian/rules'), '');
  const lines = [
    '   dh_install',
    'dh_install: warning: Cannot find (any matches for) "usr/bin/prog" (tried in ., debian/tmp)',
    'dh_install: warning: x missing files: usr/bin/prog',
    'dh_install: error: missing files, aborting',
    'make: *** [debian/rules:3: binary] Error 255',
  ];
  expect(await buildFailure(lines, 2, ['make'], where)).toMatchObject({
    error: { code: 'E_BUILD', place: { file: 'pkg/debian/x.install', line: 2 } },
    problem: { failure: 'dh-install', category: 'packaging' },
  });
});

test('what make cannot make is shown at the line of the Makefile in the folder that make was in', async () => {
  await using host = await recordingHost();
  const where = await places(host);
  await mkdir(join(where.source, 'src'));
  await writeFile(join(where.source, 'Makefile'), 'prog: config.h\n');
  await writeFile(join(where.source, 'src/Makefile'), '# prog\nprog: main.c config.h\n');
  const lines = [
    `make[1]: Entering directory '${tree}/src'`,
    "make[1]: *** No rule to make target 'config.h', needed by 'prog'.  Stop.",
    `make[1]: Leaving directory '${tree}/src'`,
    'make: *** [Makefile:2: all] Error 2',
  ];
  const { error, problem } = await buildFailure(lines, 2, ['make'], where);
  expect(error.place).toEqual({ file: 'pkg/src/Makefile', line: 2 });
  expect(problem).toMatchObject({ failure: 'make-target' });
});

test('what configure misses is shown in configure.ac, never in the configure that is made from it', async () => {
  await using host = await recordingHost();
  const where = await places(host);
  await writeFile(join(where.source, 'configure'), 'as_fn_error $? "libnosuch is needed"\n');
  const log = ['configure: error: libnosuch is needed'];
  expect((await buildFailure(log, 2, ['make'], where)).error.place).toEqual({ file: 'pkg/configure', line: 1 });
  await writeFile(join(where.source, 'configure.ac'), 'AC_INIT\nAC_MSG_ERROR([libnosuch is needed])\n');
  expect((await buildFailure(log, 2, ['make'], where)).error.place).toEqual({ file: 'pkg/configure.ac', line: 2 });
  await writeFile(join(where.source, 'configure.ac'), 'AC_INIT\n');
  expect((await buildFailure(log, 2, ['make'], where)).error.place).toBeUndefined();
});

test('a build file that is a link is not read', async () => {
  await using host = await recordingHost();
  const where = await places(host);
  await writeFile(join(host.files.workspace, 'outside'), 'libnosuch is needed\n');
  await symlink('../outside', join(where.source, 'configure.ac'));
  expect((await buildFailure(['configure: error: libnosuch is needed'], 2, ['make'], where)).error.place).toBeUndefined();
});

test('a link below debian/ is not read', async () => {
  await using host = await recordingHost();
  const where = await places(host);
  await mkdir(join(where.source, 'debian'));
  await writeFile(join(host.files.workspace, 'outside'), 'usr/bin/prog\n');
  await symlink('../../outside', join(where.source, 'debian/x.install'));
  const { error } = await buildFailure(['dh_install: warning: x missing files: usr/bin/prog'], 2, ['make'], where);
  expect(error.place).toBeUndefined();
});

test('an unmet dependency is shown at its line of debian/control', async () => {
  await using host = await recordingHost();
  const where = await places(host);
  await mkdir(join(where.source, 'debian'));
  await writeFile(join(where.source, 'debian/control'), 'Source: x\nBuild-Depends: debhelper,\n libnosuch-dev (>= 2)\n');
  const line = 'dpkg-checkbuilddeps: error: Unmet build dependencies: libnosuch-dev (>= 2)';
  expect((await buildFailure([line], 3, ['make'], where)).error).toMatchObject({
    code: 'E_BUILD_DEPENDS',
    place: { file: 'pkg/debian/control', line: 3 },
  });
});

test('of a problem far above the end, its surroundings are shown as well', () => {
  const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`);
  expect(usefulLines(lines, undefined)).toEqual(lines.slice(85));
  expect(usefulLines(lines, 90)).toEqual(lines.slice(85));
  expect(usefulLines(lines, 40)).toEqual([...lines.slice(39, 50), '…', ...lines.slice(97)]);
  expect(usefulLines(lines, 0)).toEqual([...lines.slice(0, 10), '…', ...lines.slice(96)]);
});
