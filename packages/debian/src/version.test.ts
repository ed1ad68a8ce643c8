import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import fc from 'fast-check';
import { compareVersions, parseVersion } from './version.ts';

describe('parseVersion', () => {
  test.each([
    ['1', { epoch: 0, upstream: '1', revision: undefined }],
    ['2.10-3', { epoch: 0, upstream: '2.10', revision: '3' }],
    ['1:2.3-4-5~rc1+b2', { epoch: 1, upstream: '2.3-4', revision: '5~rc1+b2' }],
    ['0:1.0~rc.1-1', { epoch: 0, upstream: '1.0~rc.1', revision: '1' }],
    ['2147483647:0', { epoch: 2147483647, upstream: '0', revision: undefined }],
  ])('takes %s apart', (text, expected) => {
    expect(parseVersion(text)).toEqual(expected);
  });

  test.each([
    ['', /empty/],
    [':1', /epoch/],
    ['a:1', /epoch/],
    ['-1:1', /epoch/],
    ['2147483648:1', /too large/],
    ['1:', /upstream part is empty/],
    ['-1', /upstream part is empty/],
    ['rc1', /start with a digit/],
    ['1.0-', /revision after the last hyphen is empty/],
    ['1/../2', /letters, digits/],
    ['1 2', /letters, digits/],
    ['1:2:3', /letters, digits/],
    ['1.0-a_b', /revision may hold/],
    ['1.0\n', /letters, digits/],
    ['1.0é', /letters, digits/],
  ])('refuses %j', (text, message) => {
    expect(() => parseVersion(text)).toThrowWithCode('E_VERSION', message);
  });

  test('shows a hostile version inert, and only its beginning', () => {
    expect(() => parseVersion('1\u001b[31m##[error]')).toThrowWithCode('E_VERSION', /^"1\\x1b\[31m#\\#\[error\]"/);
    expect(() => parseVersion(`${'x'.repeat(5000)}`)).toThrowWithCode('E_VERSION', /^.{0,200}$/);
  });
});

describe('compareVersions', () => {
  test.each([
    ['1.0', '1.0-0', 0],
    ['0:1.0', '1.0', 0],
    ['1.00', '1.0', 0],
    ['1.0~rc1', '1.0', -1],
    ['1.0~~', '1.0~', -1],
    ['1.0a', '1.0+', -1],
    ['1.0-2', '1.0-10', -1],
    ['1:0', '999', 1],
    ['1.0+b1', '1.0', 1],
    ['10000000000000000000000001', '10000000000000000000000000', 1],
  ] as const)('%s against %s is %d', (a, b, expected) => {
    expect(compareVersions(a, b)).toBe(expected);
    expect(compareVersions(b, a)).toBe(expected === 0 ? 0 : -expected);
  });

  test('agrees with dpkg', async () => {
    await using host = await recordingHost();
    const part = fc.stringMatching(/^[0-9][0-9aAzZ.+~]{0,6}$/);
    const version = fc
      .tuple(fc.constantFrom('', '0:', '1:'), part, fc.constantFrom('', '-1', '-1~a', '-0', '-z.9+'))
      .map((parts) => parts.join(''));
    const pairs = fc.sample(fc.tuple(version, version), { numRuns: 150, seed: 20261121 });
    // One shell asks dpkg about all pairs: a process of ours for each would take seconds.
    const script =
      'while read -r a b; do for o in lt eq gt; do if dpkg --compare-versions "$a" $o "$b"; then echo "$a $b $o"; fi; done; done';
    const { stdout } = await host.exec(['sh', '-c', script], { stdin: pairs.map((pair) => `${pair.join(' ')}\n`).join('') });
    const words = { '-1': 'lt', '0': 'eq', '1': 'gt' } as const;
    expect(stdout.trim().split('\n')).toEqual(pairs.map(([a, b]) => `${a} ${b} ${words[compareVersions(a, b)]}`));
  });

  test('is an order: antisymmetric and transitive', () => {
    const version = fc.stringMatching(/^[0-9][0-9a~+.]{0,5}(-[0-9a~+.]{1,4})?$/);
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(compareVersions(a, b) + compareVersions(b, a)).toBe(0);
        const [x = '', y = '', z = ''] = [a, b, c].sort(compareVersions);
        expect(compareVersions(x, y)).toBeLessThanOrEqual(0);
        expect(compareVersions(x, z)).toBeLessThanOrEqual(0);
      }),
      { seed: 1 },
    );
  });

  test('takes time in proportion to the length', () => {
    const long = (digits: number) => `1.${'0'.repeat(digits)}1`;
    const started = performance.now();
    expect(compareVersions(long(400_000), long(400_000))).toBe(0);
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});
