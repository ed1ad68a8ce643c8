import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import type { FileKind, Manifest, ManifestFile } from '@release-kit/manifest';
import { differingFiles, type Reproducibility } from './reproducibility.ts';
import { reportReproducibility, reproducibilitySummary } from './reproducibility-summary.ts';

function manifest(files: Readonly<Record<string, string>>): Manifest {
  const kind = (path: string): FileKind =>
    path.endsWith('.changes') ? 'changes' : path.endsWith('.buildinfo') ? 'buildinfo' : path.endsWith('.dsc') ? 'dsc' : 'deb';
  const list = Object.entries(files).map(
    ([path, digit]): ManifestFile => ({
      path,
      kind: kind(path),
      package: 'x',
      version: '1.0',
      architecture: 'amd64',
      distribution: 'debian:12',
      size: 1,
      sha256: digit.repeat(64),
    }),
  );
  return { schema: 1, sourceDateEpoch: 1, sources: [{ package: 'x', version: '1.0' }], files: list };
}

describe('two builds are compared by the bytes of', () => {
  test('every package and the source package, but not of what describes the build', () => {
    const first = manifest({ 'x.deb': '1', 'x.dsc': '1', 'x.changes': '1', 'x.buildinfo': '1' });
    expect(differingFiles(first, manifest({ 'x.deb': '1', 'x.dsc': '1', 'x.changes': '2', 'x.buildinfo': '2' }))).toEqual([]);
    expect(differingFiles(first, manifest({ 'x.deb': '2', 'x.dsc': '2', 'x.changes': '1', 'x.buildinfo': '1' }))).toEqual([
      'x.deb',
      'x.dsc',
    ]);
  });

  test('files that only one of them made', () => {
    expect(differingFiles(manifest({ 'a.deb': '1', 'b.deb': '1' }), manifest({ 'b.deb': '1', 'c.deb': '1' }))).toEqual(['a.deb', 'c.deb']);
  });
});

const place = { varied: ['path (/srv/x)'], same: ['kernel'], compared: 2 };
const different: Reproducibility = {
  ...place,
  result: 'different',
  files: ['x.deb'],
  parts: ['/usr/bin/x'],
  causes: [{ cause: 'the user who builds', line: '+rebuilder `<img src=x>` @someone', cure: 'Write no user name.' }],
  report: `${'`'.repeat(4)}\n::error::x\n${'line\n'.repeat(500)}`,
};

describe('the summary', () => {
  test('says in one sentence what was found', () => {
    expect(reproducibilitySummary({ ...place, result: 'same' })).toMatch(/^### Reproducible\n\nYes: 2 files have the same bytes/);
    expect(reproducibilitySummary({ ...place, result: 'failed', reason: 'the compiler crashed' })).toMatch(
      /No: the build fails in another place/,
    );
    expect(reproducibilitySummary(different)).toMatch(/No: 1 of 2 files have other bytes .*: `x\.deb`\. They differ in `\/usr\/bin\/x`\./);
  });

  test('keeps what strangers wrote inside code, and is cut', () => {
    const text = reproducibilitySummary(different);
    expect(text).toMatch(/`` ?\+rebuilder `<img src=x>` @someone ?``/);
    expect(text).toMatch(/^`{5,}/m);
    expect(text).toMatch(/… 4\d\d more lines are in logs\/diffoscope\.txt/);
    expect(text.length).toBeLessThan(4000);
  });
});

describe('a difference', () => {
  test('is a warning when it is asked for, with the cause', async () => {
    await using host = await recordingHost();
    expect(reportReproducibility(host, different, 'true')).toBe('false');
    expect(host.recorded.annotations).toMatchObject([
      { level: 'warning', title: 'not reproducible', message: expect.stringMatching(/the user who builds/) },
    ]);
    expect(reportReproducibility(host, { ...place, result: 'same' }, 'require')).toBe('true');
  });

  test('is an error when there may be none, after the summary was written', async () => {
    await using host = await recordingHost();
    expect(() => reportReproducibility(host, different, 'require')).toThrowWithCode('E_BUILD_REPRODUCIBLE', /^x\.deb differ/);
    expect(() => reportReproducibility(host, { ...place, result: 'failed', reason: 'r' }, 'require')).toThrowWithCode(
      'E_BUILD_REPRODUCIBLE',
      /fails in another place: r/,
    );
    expect(host.summary.text).toContain('### Reproducible');
  });
});
