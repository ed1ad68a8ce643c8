import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { writeManifest } from '@release-kit/manifest';
import { readBaseline, usualBaseline } from './baseline-file.ts';
import { openBefore } from './before.ts';
import { findingOf, placedOf } from './hint.test-support.ts';
import { lintReport } from './lint-report.ts';
import { resultOf } from './lint-result.test-support.ts';

async function write(host: RecordingHost, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(host.files.workspace, name)), { recursive: true });
    await writeFile(join(host.files.workspace, name), text);
  }
}

/** What the input names, in words. */
async function opened(host: RecordingHost, name: string, distribution = 'debian:12') {
  await using stack = new AsyncDisposableStack();
  const before = await openBefore(join(host.files.workspace, name), host, stack);
  return before.kind === 'report'
    ? [
        before.name,
        ...before.report.findings.map(
          ({ tool, status, file, hint }) => `${tool} ${status} ${file} ${hint.type} ${hint.tag} ${hint.note} ${hint.pointer?.path}`,
        ),
      ]
    : [before.name, ...before.packages.filesFor(distribution).map(({ kind, path }) => `${kind} ${path}`)];
}

describe('compare-with is told by its content', () => {
  const pointer = { path: 'debian/rules', index: 'patched' as const, line: 3 };
  const placed = [
    placedOf(findingOf({ tag: 'a', note: 'x', pointer })),
    placedOf(findingOf({ tag: 'b', type: 'source' }, { status: 'overridden', file: 'hello_1.0.dsc' })),
    placedOf(findingOf({ tag: 'shellcheck/SC2086' }, { tool: 'shellcheck' })),
  ];

  test('a report of an earlier run, also alone in the folder of a downloaded artifact', async () => {
    await using host = await recordingHost();
    await write(host, { 'report/lintian.json': lintReport(resultOf({ placed }), []) });
    const findings = [
      'lintian open hello_1.0_amd64.deb binary a x debian/rules',
      'lintian overridden hello_1.0.dsc source b  undefined',
      'shellcheck open hello_1.0_amd64.deb binary shellcheck/SC2086  undefined',
    ];
    expect(await opened(host, 'report/lintian.json')).toEqual(['the report report/lintian.json', ...findings]);
    expect(await opened(host, 'report')).toEqual(['the report report/lintian.json', ...findings]);
  });

  test('packages with their manifest, each for its distribution', async () => {
    await using host = await recordingHost();
    await write(host, { 'old/a_1_all.deb': '', 'old/a_1.dsc': '' });
    const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    const entry = { size: 0, sha256: empty, package: 'hello', version: '1', architecture: 'all' };
    const files = [
      { ...entry, kind: 'deb' as const, path: 'a_1_all.deb', distribution: 'debian:12' },
      { ...entry, kind: 'dsc' as const, path: 'a_1.dsc', distribution: 'debian:13' },
    ];
    await writeManifest(join(host.files.workspace, 'old/manifest.json'), {
      schema: 1,
      sourceDateEpoch: 1,
      sources: [{ package: 'hello', version: '1' }],
      files,
    });
    for (const name of ['old', 'old/manifest.json']) expect((await opened(host, name)).slice(1)).toEqual(['deb a_1_all.deb']);
    expect((await opened(host, 'old', 'debian:13')).slice(1)).toEqual(['dsc a_1.dsc']);
  });

  test('plain packages, as a release has them', async () => {
    await using host = await recordingHost();
    await write(host, { 'old/a_1_all.deb': '', 'old/a_1.dsc': '', 'old/a_1.tar.xz': '', 'old/SHA256SUMS': '' });
    expect(await opened(host, 'old')).toEqual([
      'the packages in old',
      'source SHA256SUMS',
      'dsc a_1.dsc',
      'source a_1.tar.xz',
      'deb a_1_all.deb',
    ]);
    expect(await opened(host, 'old/a_1_all.deb')).toEqual(['the package old/a_1_all.deb', 'deb a_1_all.deb']);
  });

  test.each([
    ['an empty folder', { 'x/.keep': '' }, /neither packages nor one report/],
    ['two reports', { 'x/a.json': '{}', 'x/b.json': '{}' }, /neither packages nor one report/],
    ['no JSON', { x: 'hello' }, /is not JSON/],
    ['other JSON', { x: '[]' }, /neither a manifest nor a report/],
    ['a report of another form', { x: '{"schema": 9, "findings": []}' }, /schema must be 1/],
    ['a report without a tag', { x: '{"schema": 1, "findings": [{"status": "open"}]}' }, /findings\[0\]\.tag must be a text/],
    ['a status that is none', { x: '{"schema": 1, "findings": [{"status": "\\u001b"}]}' }, /findings\[0\]\.status must be one of/],
  ])('%s is an error that says what is wrong', async (_, files, message) => {
    await using host = await recordingHost();
    await write(host, files);
    await expect(opened(host, 'x')).rejects.toThrowWithCode('E_BASELINE', message);
  });
});

describe('the baseline of a source tree', () => {
  const read = (host: RecordingHost, given: { input?: string; configured?: string } = {}) =>
    readBaseline(host.files.workspace, host.files.workspace, { input: given.input, configured: given.configured });

  test('is debian/lintian-baseline unless another is named; none is no error', async () => {
    await using host = await recordingHost();
    expect((await read(host)).entries).toBeUndefined();
    await write(host, { [usualBaseline]: 'hello: a\n', other: 'hello: b\nhello: c\n', third: '' });
    const at = (name: string) => join(host.files.workspace, name);
    expect(await read(host)).toMatchObject({ shown: usualBaseline, entries: [{ past: { tag: 'a' } }] });
    expect((await read(host, { configured: at('other') })).entries).toHaveLength(2);
    expect((await read(host, { input: at('third'), configured: at('other') })).entries).toEqual([]);
  });

  test('is no way out of the repository, and only text', async () => {
    await using host = await recordingHost();
    await write(host, { 'debian/x': '' });
    await symlink('/etc/hostname', join(host.files.workspace, usualBaseline));
    await expect(read(host)).rejects.toThrowWithCode('E_PATH', /leads out of the repository/);
    await writeFile(join(host.files.workspace, 'bytes'), Buffer.from([0xff, 0xfe, 0x00]));
    await expect(read(host, { input: join(host.files.workspace, 'bytes') })).rejects.toThrowWithCode('E_BASELINE', /not UTF-8/);
    await expect(read(host, { input: join(host.files.workspace, 'debian') })).rejects.toThrowWithCode('E_BASELINE', /not a regular file/);
  });
});
