import { describe, expect, test } from '@jest/globals';
import { chooseTag } from './tag.ts';

describe('the release tag of a local run', () => {
  test('named by the user wins', () => {
    expect(chooseTag('v9.9.9', ['v1.0.0'], '1.2.3-1')).toEqual({ tag: 'v9.9.9', origin: 'named', reason: 'as named' });
  });

  test('a name that is no release tag is refused', () => {
    expect(() => chooseTag('v1.0$(id)', [], '1.2.3-1')).toThrowWithCode('E_TAG');
  });

  test('the tag of the commit comes next, and only when it is a release tag', () => {
    expect(chooseTag(undefined, ['v1.x', 'v2.0.0-rc.1'], '1.2.3-1').tag).toBe('v2.0.0-rc.1');
  });

  test.each([
    ['1.2.3-1', 'v1.2.3'],
    ['1.2.3', 'v1.2.3'],
    ['1.2.3~rc.1-1', 'v1.2.3-rc.1'],
    ['2.10-3', 'v2.10.0'],
    ['1:1.6.18-1+deb12u1', 'v1.6.18'],
    ['20260101-1', 'v20260101.0.0'],
  ])('Debian version %s gives %s', (version, tag) => {
    expect(chooseTag(undefined, [], version).tag).toBe(tag);
  });

  test('the version decides the tag, not the tag the version, and the log says when it was completed', () => {
    expect(chooseTag(undefined, [], '2.10-3')).toEqual({
      tag: 'v2.10.0',
      origin: 'version',
      reason: 'Debian version 2.10-3 made a semantic one',
    });
  });
});
