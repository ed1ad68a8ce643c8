import { describe, expect, test } from '@jest/globals';
import { parseChangelog } from '@release-kit/debian';
import { chooseTag } from './tag.ts';

const entry = (version: string) =>
  parseChangelog(
    `hello (${version}) unstable; urgency=medium\n\n  * Change.\n\n -- A Person <a@example.org>  Sat, 21 Nov 2026 08:00:00 +0000\n`,
    'debian/changelog',
  )[0];

describe('the release tag of a local run', () => {
  test('named by the user wins', () => {
    expect(chooseTag('v9.9.9', ['v1.0.0'], entry('1.2.3-1'), '')).toEqual({ tag: 'v9.9.9', reason: 'as named' });
  });

  test('a name that is no release tag is refused', () => {
    expect(() => chooseTag('v1.0$(id)', [], entry('1.2.3-1'), '')).toThrowWithCode('E_TAG');
  });

  test('the tag of the commit comes next, and only when it is a release tag', () => {
    expect(chooseTag(undefined, ['v1.x', 'v2.0.0-rc.1'], entry('1.2.3-1'), '').tag).toBe('v2.0.0-rc.1');
  });

  test.each([
    ['1.2.3-1', 'v1.2.3'],
    ['1.2.3', 'v1.2.3'],
    ['1.2.3~rc.1-1', 'v1.2.3-rc.1'],
    ['2.10-3', 'v2.10.0'],
    ['1:1.6.18-1+deb12u1', 'v1.6.18'],
    ['20260101-1', 'v20260101.0.0'],
  ])('Debian version %s gives %s', (version, tag) => {
    expect(chooseTag(undefined, [], entry(version), '').tag).toBe(tag);
  });

  test('without a changelog the version that was built decides, and the log says when it was completed', () => {
    expect(chooseTag(undefined, [], undefined, '2.10-3')).toEqual({
      tag: 'v2.10.0',
      reason: 'from Debian version 2.10-3, whose upstream part is no semantic version',
    });
  });
});
