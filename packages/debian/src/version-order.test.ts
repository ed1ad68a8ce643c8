import { describe, expect, test } from '@jest/globals';
import { recordingHost, UserError } from '@release-kit/action';
import fc from 'fast-check';
import semver from 'semver';
import { debianVersionOf, parseTag } from './tag.ts';

/** Every form of a version that semver.org allows, the odd ones as often as the usual. */
const number = fc.oneof(fc.nat(12), fc.constantFrom(99, 100, 4_294_967_296, Number.MAX_SAFE_INTEGER)).map(String);
const word = fc.oneof(fc.constantFrom('a', 'ab', 'alpha', 'beta', 'git', 'rc', 'RC', 'z', 'Z'), fc.stringMatching(/^[a-zA-Z]{1,3}$/));
const odd = fc.oneof(fc.stringMatching(/^[0-9a-zA-Z-]{0,4}[a-zA-Z-]$/), fc.constantFrom('rc1', 'rc10', 'a-b', '-', '0a'));
const identifier = fc.oneof(number, word, odd);
const prerelease = fc.oneof(
  fc.constant(''),
  fc.tuple(fc.oneof(word, number), fc.array(number, { maxLength: 3 })).map(([first, rest]) => `-${[first, ...rest].join('.')}`),
  fc.array(identifier, { minLength: 1, maxLength: 3 }).map((parts) => `-${parts.join('.')}`),
);
const build = fc.constantFrom('', '', '+b.7', '+20261121', '+-.0');
const version = fc.tuple(fc.tuple(number, number, number), prerelease, build).map(([core, pre, data]) => `${core.join('.')}${pre}${data}`);
// Neighbours are where an order goes wrong: the same core more often than not.
const pair = fc.oneof(
  fc.tuple(version, version),
  fc.tuple(prerelease, prerelease, build).map(([a, b, data]) => [`1.2.3${a}`, `1.2.3${b}${data}`] as const),
);

/** undefined: refused, which has to be explained. */
function mapped(text: string, revision: string): string | undefined {
  try {
    return debianVersionOf(parseTag(`v${text}`).version, revision);
  } catch (error) {
    if (error instanceof UserError && (error.code === 'E_VERSION' || error.code === 'E_TAG') && error.cure !== '') return undefined;
    throw error;
  }
}

describe('the mapping of versions', () => {
  test('orders every accepted form as semver.org does, by the word of dpkg', async () => {
    await using host = await recordingHost();
    const pairs = fc
      .sample(pair, { numRuns: 1500, seed: 20261121 })
      .map(([a, b]) => ({ a, b, left: mapped(a, '1'), right: mapped(b, '1') }))
      .filter(({ left, right }) => left !== undefined && right !== undefined)
      .slice(0, 400);
    expect(pairs.length).toBe(400);
    const script =
      'while read -r a b; do if dpkg --compare-versions "$a" lt "$b"; then echo lt; elif dpkg --compare-versions "$a" eq "$b"; then echo eq; else echo gt; fi; done';
    const { stdout } = await host.exec(['sh', '-c', script], { stdin: pairs.map(({ left, right }) => `${left} ${right}\n`).join('') });
    const words = { '-1': 'lt', '0': 'eq', '1': 'gt' } as const;
    const said = stdout.trim().split('\n');
    expect(pairs.map(({ a, b }, index) => `${a} ${said[index]} ${b}`)).toEqual(
      pairs.map(({ a, b }) => `${a} ${words[semver.compare(a, b)]} ${b}`),
    );
    // Otherwise the property holds of nothing.
    expect(pairs.filter(({ a, b }) => a.includes('-') && b.includes('-')).length).toBeGreaterThan(100);
  });

  test('never gives two releases one version, but for build data, which is no release of its own', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const [left, right] = [mapped(a, ''), mapped(b, '')];
        if (left !== undefined && right !== undefined) expect(left === right).toBe(semver.compare(a, b) === 0);
      }),
      { numRuns: 2000, seed: 5 },
    );
  });

  test('refuses only forms whose order could differ, and says what to write', () => {
    for (const text of ['1.0.0-rc1', '1.0.0-a.b', '1.0.0-a-b', '1.0.0-1a', '1.0.0-rc.1.x', '1.0.0--'])
      expect(() => debianVersionOf(text)).toThrowWithCode('E_VERSION', /ordered differently by dpkg/);
    fc.assert(
      fc.property(fc.oneof(word, number), fc.array(number, { maxLength: 3 }), (first, rest) => {
        const text = `1.0.0-${[first, ...rest].join('.')}`;
        expect(mapped(text, '')).toBe(text.replace('-', '~'));
      }),
      { seed: 9 },
    );
  });
});
