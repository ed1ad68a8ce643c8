import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { likelyVersions, tellVersions, type VersionFile } from './version-files.ts';

const tag = (version: string) => ({ name: `v${version}`, version, prerelease: version.includes('-') });

describe('before a release, files may have', () => {
  test.each([
    [[], []],
    [['1.0.0'], ['1.0.0']],
    [['1.0.0', '1.10.0', '1.2.0'], ['1.10.0']],
    [
      ['1.2.0', '1.3.0-rc.1', '1.3.0-rc.2'],
      ['1.3.0-rc.2', '1.2.0'],
    ],
    [['1.3.0-rc.2', '1.3.0'], ['1.3.0']],
    [['1.0.0-rc.1'], []],
  ])('with the tags %j: %j', (tags, versions) => {
    expect(likelyVersions(tags.map(tag))).toEqual(versions);
  });
});

describe('what is told', () => {
  const file = (shown: string, lines: number): VersionFile => ({
    ...{ path: `/${shown}`, shown, what: 'version', content: '', isChanged: true },
    places: Array.from({ length: lines }, (_, index) => ({ line: index + 1, column: 1, what: 'version', from: '1', to: '2' })),
  });

  test('is a line for each place, as long as somebody reads it', async () => {
    await using host = await recordingHost();
    tellVersions({ files: [file('a', 2), file('b', 600)], unchanged: [], remarks: [] }, '2.0.0', host);
    const { lines } = host.recorded;
    expect([lines[0], lines[2], lines.at(-1), lines.length]).toEqual([
      'a:1: version 1 -> 2',
      'b:1: version 1 -> 2',
      'and 102 more places',
      501,
    ]);
  });

  test('is inert, and no longer than it must be', async () => {
    await using host = await recordingHost();
    const unchanged = Array.from({ length: 12 }, (_, index) => `f${index}\n::error::x`);
    tellVersions({ files: [file('a\n::error::b', 1)], unchanged, remarks: ['c: left alone'] }, '2.0.0', host);
    expect(host.recorded.lines).toHaveLength(3);
    expect(host.recorded.lines.filter((line) => line.startsWith('::'))).toEqual([]);
    expect(host.recorded.lines[1]).toMatch(/^Nothing to change in f0.*f9.* and 2 more$/);
    expect(host.recorded.lines[2]).toBe('Left: c: left alone');
  });
});
