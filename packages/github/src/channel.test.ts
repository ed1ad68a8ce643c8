import { describe, expect, test } from '@jest/globals';
import { channelOf, isPrerelease, namedChannel } from './channel.ts';

describe('the channel of a tag', () => {
  test.each([
    ['v1.2.3', 'stable'],
    ['v1.2.3+build.7', 'stable'],
    ['v1.2.3-rc.1', 'beta'],
    ['v1.2.3-alpha', 'beta'],
    ['v1.2.3-1', 'beta'],
    ['v1.2.3-nightly.20261122', 'nightly'],
    ['v1.2.3-dev.5', 'nightly'],
    ['v1.2.3-SNAPSHOT', 'nightly'],
    ['nightly', undefined],
    ['v1', undefined],
  ])('%s goes to %s by its version', (tag, channel) => {
    expect(channelOf(tag, {})).toBe(channel);
  });

  test('patterns of the configuration come first, the first that matches decides', () => {
    const rules = { '*-rc*': 'candidate', 'v*.1.*': 'beta', 'v2*': 'next' };
    expect(['v2.1.0-rc.1', 'v2.1.0', 'v2.2.0', 'v1.2.0', 'v1.2.0-dev'].map((tag) => channelOf(tag, rules))).toEqual([
      'candidate',
      'beta',
      'next',
      'stable',
      'nightly',
    ]);
  });

  test('only stable releases are no pre-releases, and no pre-release is called stable', () => {
    expect(['stable', 'beta', 'nightly', 'lts'].map(isPrerelease)).toEqual([false, true, true, true]);
    expect(namedChannel('v1.2.3', 'beta')).toBe('beta');
    expect(namedChannel('v1.2.3', 'stable')).toBe('stable');
    expect(() => namedChannel('v1.2.3-rc.1', 'stable')).toThrowWithCode('E_INPUT', /v1\.2\.3-rc\.1 is a pre-release/);
  });
});
