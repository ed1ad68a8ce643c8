import { describe, expect, test } from '@jest/globals';
import { parseDistribution } from '@release-kit/debian';
import { baseKey, requestKey } from './base-key.ts';
import type { BaseRequest } from './machine.ts';

const request: BaseRequest = { distribution: parseDistribution('debian:12'), architecture: 'amd64', packages: ['b', 'a'] };
const key = requestKey(request, 'mmdebstrap 1.3.5');

describe('requestKey', () => {
  test('names the distribution and the architecture, and can be a file name', () => {
    expect(key).toMatch(/^debian-12-amd64-[0-9a-f]{16}$/);
  });

  test('does not depend on the order of packages or on one being named twice', () => {
    expect(requestKey({ ...request, packages: ['a', 'b', 'a'] }, 'mmdebstrap 1.3.5')).toBe(key);
  });

  test.each<[string, Partial<BaseRequest>, string]>([
    ['another package', { packages: ['a', 'c'] }, 'mmdebstrap 1.3.5'],
    ['one package less', { packages: ['a'] }, 'mmdebstrap 1.3.5'],
    ['packages that only look the same when joined', { packages: ['a,b'] }, 'mmdebstrap 1.3.5'],
    ['a mirror', { mirror: 'http://mirror.example/debian' }, 'mmdebstrap 1.3.5'],
    ['another architecture', { architecture: 'arm64' }, 'mmdebstrap 1.3.5'],
    ['another distribution', { distribution: parseDistribution('debian:13') }, 'mmdebstrap 1.3.5'],
    ['another version of the tool', {}, 'mmdebstrap 1.4.0'],
  ])('changes with %s', (_, change, tool) => {
    expect(requestKey({ ...request, ...change }, tool)).not.toBe(key);
  });
});

describe('baseKey', () => {
  const states = [
    { uri: 'u1', sha256: 'x' },
    { uri: 'u2', sha256: 'y' },
  ];

  test('starts with the request, and does not depend on the order of suites', () => {
    expect(baseKey(key, states)).toMatch(new RegExp(`^${key}-[0-9a-f]{16}$`));
    expect(baseKey(key, states.toReversed())).toBe(baseKey(key, states));
  });

  test('changes when one suite changes', () => {
    expect(
      baseKey(key, [
        { uri: 'u1', sha256: 'x' },
        { uri: 'u2', sha256: 'z' },
      ]),
    ).not.toBe(baseKey(key, states));
  });
});
