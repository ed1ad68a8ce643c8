import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import type { Choice } from './selection.ts';
import { checkVersions, disagreement } from './tag-agreement.ts';
import { testPackage } from './test-package.ts';

describe('a tag and the newest version of debian/changelog', () => {
  test.each([
    ['v1.2.3', '1.2.3', undefined],
    ['v1.2.3', '1.2.3-4', undefined],
    ['v1.2.3', '2:1.2.3-1', undefined],
    ['v1.2.3-rc.1', '1.2.3~rc.1-1', undefined],
    ['v1.2.3', '1.2.2-9', /has no entry for the release/],
    ['v1.2.3', '1.2.3~rc.1-1', /has no entry/],
    ['v1.2.3-rc.1', '1.2.3-1', /is already at 1\.2\.3-1/],
    ['v1.2.3', '1.10.0', /already at/],
  ])('%s with %s', (tag, changelog, message) => {
    const wrong = disagreement(tag, tag.slice(1).replace('-', '~'), changelog, false);
    if (message === undefined) expect(wrong).toBeUndefined();
    else expect(wrong?.message).toMatch(message);
  });
  test('an older one may be allowed, a newer one never', () => {
    expect(disagreement('v1.2.3', '1.2.3', '1.2.2', true)).toBeUndefined();
    expect(disagreement('v1.2.3', '1.2.3', '1.2.4', true)?.message).toMatch(/already at/);
  });
});

describe('all packages that are built', () => {
  const choice = (name: string, built = true): Choice => ({ package: testPackage(name), built, reason: 'x' });
  const entry = (name: string, version: string): string =>
    `${name} (${version}) unstable; urgency=medium\n\n  * X.\n\n -- A <a@example.org>  Thu, 01 Jan 2026 00:00:00 +0000\n`;

  test('each of them must agree; the place of the one that does not is told, and one that is not built may be of any version', async () => {
    await using host = await recordingHost();
    for (const [name, version] of Object.entries({ lib: '1.2.3-1', app: '1.2.2', old: '0.1' })) {
      await mkdir(join(host.files.workspace, name, 'debian'), { recursive: true });
      await writeFile(join(host.files.workspace, name, 'debian/changelog'), entry(name, version));
    }
    await checkVersions([choice('lib'), choice('old', false)], 'v1.2.3', false, host);
    const checking = checkVersions([choice('lib'), choice('app')], 'v1.2.3', false, host);
    await expect(checking).rejects.toThrowWithCode('E_VERSION', /the tag is v1\.2\.3, but debian\/changelog is at 1\.2\.2/);
    await expect(checking).rejects.toMatchObject({ place: { file: 'app/debian/changelog', line: 1 } });
    await checkVersions([choice('lib'), choice('app')], 'v1.2.3', true, host);
    await expect(checkVersions([choice('none')], 'v1.2.3', false, host)).rejects.toThrowWithCode('E_SOURCE', /none\/debian\/changelog/);
    await expect(checkVersions([], 'v1.2', false, host)).rejects.toThrowWithCode('E_TAG');
  });
});
