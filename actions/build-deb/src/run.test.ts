import { cp, lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { type RecordingHost, readInputs, recordingHost } from '@release-kit/action';
import { run, spec } from './index.ts';

const example = fileURLToPath(new URL('../../../examples/hello-service', import.meta.url));

const runWith = (host: RecordingHost, given: Readonly<Record<string, string>>) =>
  run(readInputs(spec, given, { workspace: host.files.workspace, nameOf: (name) => `input ${name}` }), host);

describe('before anything is built', () => {
  test.each([
    [{ distribution: 'debian:99' }, 'E_DISTRIBUTION', /debian:99/],
    [{ architecture: 'x86_64' }, 'E_ARCHITECTURE', /Debian calls it amd64/],
    [{ architecture: 's390x', strategy: 'native' }, 'E_ARCHITECTURE', /cannot build for s390x natively/],
    [{ architecture: 's390x', strategy: 'cross', tests: 'run' }, 'E_INPUT', /input tests/],
    [{ version: 'v0.1.0' }, 'E_VERSION', /already at 1\.0\.0/],
    [{ version: '1.0.0-1' }, 'E_VERSION', /native/],
    [{ version: 'v1' }, 'E_TAG', /v1/],
    [{ rebuild: '1', version: 'v1.1.0' }, 'E_INPUT', /the input version asks for another one/],
    [{ rebuild: '1', 'include-source': 'true' }, 'E_INPUT', /the input include-source asks/],
    [{ profiles: 'a b' }, 'E_INPUT', /profiles/],
    [{ options: 'x;y' }, 'E_INPUT', /options/],
    [{ artifact: 'packages' }, 'E_INPUT', /on GitHub only/],
    [{ output: 'source' }, 'E_PATH', /source folder/],
    [{ output: 'source/Makefile' }, 'E_PATH', /Makefile cannot be written to/],
    [{ engine: 'docker' }, 'E_ENGINE', /docker/],
  ] as const)('%j is refused with %s', async (given, code, message) => {
    await using host = await recordingHost();
    await cp(example, join(host.files.workspace, 'source'), { recursive: true });
    await expect(runWith(host, { source: 'source', ...given })).rejects.toThrowWithCode(code, message);
  });

  test('a log that the checkout has as a link is not written through it, nor a folder of logs', async () => {
    await using host = await recordingHost();
    const { workspace } = host.files;
    await cp(example, join(workspace, 'source'), { recursive: true });
    await mkdir(join(workspace, 'out/logs'), { recursive: true });
    await writeFile(join(workspace, 'victim'), 'precious');
    await symlink(join(workspace, 'victim'), join(workspace, 'out/logs/build.log'));
    await expect(runWith(host, { source: 'source', engine: 'docker' })).rejects.toThrowWithCode('E_ENGINE');
    expect(await readFile(join(workspace, 'victim'), 'utf8')).toBe('precious');
    expect((await lstat(join(workspace, 'out/logs/build.log'))).isFile()).toBe(true);
    await mkdir(join(workspace, 'elsewhere'));
    await mkdir(join(workspace, 'other'));
    await symlink(join(workspace, 'elsewhere'), join(workspace, 'other/logs'));
    await expect(runWith(host, { source: 'source', output: 'other' })).rejects.toThrowWithCode('E_PATH', /other cannot be written to/);
    expect(await readdir(join(workspace, 'elsewhere'))).toEqual([]);
  });

  test('packages for every architecture are not rebuilt', async () => {
    await using host = await recordingHost();
    await cp(join(example, '../broken/leftover'), join(host.files.workspace, 'source'), { recursive: true });
    await expect(runWith(host, { source: 'source', rebuild: '1' })).rejects.toThrowWithCode('E_INPUT', /for every architecture/);
  });

  test('a source package that cannot be made for lack of its upstream archive is refused at once', async () => {
    await using host = await recordingHost();
    await cp(example, join(host.files.workspace, 'source'), { recursive: true });
    await writeFile(join(host.files.workspace, 'source/debian/source/format'), '3.0 (quilt)\n');
    await expect(runWith(host, { source: 'source', version: 'v1.1.0', 'include-source': 'true' })).rejects.toThrowWithCode(
      'E_SOURCE',
      /hello-service_1\.1\.0\.orig/,
    );
  });

  test('a run of a tag that the changelog does not know is refused, unless guards warn only', async () => {
    await using host = await recordingHost();
    await cp(example, join(host.files.workspace, 'source'), { recursive: true });
    const onTag = { ...host, github: { ...host.github, ref: 'refs/tags/v1.1.0' } };
    await expect(runWith(onTag, { source: 'source' })).rejects.toThrowWithCode('E_VERSION', /no entry for it/);
    // Refused a little later, for another reason: nothing is built here.
    await expect(runWith(onTag, { source: 'source', guards: 'warning', output: 'source/Makefile' })).rejects.toThrowWithCode('E_PATH');
    expect(host.recorded.annotations).toMatchObject([
      { level: 'warning', title: 'tag and changelog disagree', file: 'source/debian/changelog', line: 1 },
    ]);
  });

  test('a mistake in debian/control is shown at its line', async () => {
    await using host = await recordingHost();
    await mkdir(join(host.files.workspace, 'debian'));
    await cp(join(example, 'debian/changelog'), join(host.files.workspace, 'debian/changelog'));
    await writeFile(join(host.files.workspace, 'debian/control'), 'Source: hello-service\nno colon\n');
    await expect(runWith(host, {})).rejects.toMatchObject({ code: 'E_CONTROL', place: { file: 'debian/control', line: 2 } });
  });
});
