import { describe, expect, test } from '@jest/globals';
import { distributionNames, parseDistribution } from './distribution.ts';

describe('parseDistribution', () => {
  test('knows a distribution by release and by codename', () => {
    const bookworm = { name: 'debian:12', vendor: 'debian', release: '12', codename: 'bookworm' };
    expect(parseDistribution('debian:12')).toEqual(bookworm);
    expect(parseDistribution('debian:bookworm')).toEqual(bookworm);
    expect(parseDistribution('ubuntu:24.04')).toEqual({ name: 'ubuntu:24.04', vendor: 'ubuntu', release: '24.04', codename: 'noble' });
  });

  test('Raspberry Pi OS is of the family of Debian, with its codenames', () => {
    expect(parseDistribution('raspios:bookworm')).toEqual({ name: 'raspios:12', vendor: 'debian', release: '12', codename: 'bookworm' });
  });

  test('knows every name that it lists', () => {
    expect(distributionNames.map((name) => parseDistribution(name).name)).toEqual(distributionNames);
  });

  test.each([
    ['debian:21', /did you mean debian:/],
    ['Debian:12', /did you mean debian:12\?/],
    ['fedora', /^"fedora" is not a known distribution\. Known are debian:11/],
    ['bookworm', /; write debian:12 or raspios:12\. Known are/],
    ['noble', /; write ubuntu:24\.04\. Known are/],
    ['debian', /; name its release as well\. Known are/],
    ['', /not a known distribution/],
  ])('refuses %j', (text, message) => {
    expect(() => parseDistribution(text)).toThrowWithCode('E_DISTRIBUTION', message);
  });
});
