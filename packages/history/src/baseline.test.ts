import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import semver from 'semver';
import { coreOf, findBaseline } from './baseline.ts';
import { graphs, versions } from './history-graph.test-support.ts';
import { releaseTag } from './release-tag.ts';

const tags = (...names: readonly string[]) => names.map((name) => releaseTag(name, 'v')).filter((tag) => tag !== undefined);

describe('the baseline', () => {
  const all = tags('v0.9.0', 'v0.10.0', 'v1.0.0-beta.1', 'v1.0.0-rc.1', 'v1.0.0-rc.10', 'v1.0.0-rc.2', 'v1.0.0', 'v1.1.0-rc.1', 'v1.0.1');
  test.each([
    ['1.1.0', 'v1.0.1', 'the greatest lower stable release before it'],
    ['1.1.0-rc.2', 'v1.1.0-rc.1', 'the greatest lower pre-release of 1.1.0 before it'],
    ['1.2.0-rc.1', 'v1.0.1', 'the greatest lower stable release before it, as this is the first pre-release of 1.2.0'],
    ['1.0.0', 'v0.10.0', 'the greatest lower stable release before it'],
    ['1.0.0-rc.11', 'v1.0.0-rc.10', 'the greatest lower pre-release of 1.0.0 before it'],
    ['1.0.0-rc.1', 'v1.0.0-beta.1', 'the greatest lower pre-release of 1.0.0 before it'],
    ['0.10.0', 'v0.9.0', 'the greatest lower stable release before it'],
    [undefined, 'v1.0.1', 'the greatest stable release before it'],
  ])('of %s is %s, %s', (version, name, reason) => {
    expect(findBaseline(version, all)).toMatchObject({ tag: { name }, reason });
    expect(findBaseline(version, all.toReversed())).toMatchObject({ tag: { name }, reason });
  });

  test('of a first release is nothing', () => {
    expect(findBaseline('0.9.0', all)).toBeUndefined();
    expect(findBaseline(undefined, tags('v1.0.0-rc.1'))).toBeUndefined();
    expect(findBaseline('1.0.0', tags('v1.0.0-rc.1'))).toBeUndefined();
  });

  test('of a project that knows pre-releases only is the one before', () => {
    expect(findBaseline('0.2.0-rc.1', tags('v0.1.0-rc.1', 'v0.1.0-rc.2'))?.tag.name).toBe('v0.1.0-rc.2');
  });

  test('of a backport is of its own line', () => {
    const elsewhere = tags('v1.1.9', 'v1.3.0', 'v2.0.0');
    expect(findBaseline('1.2.6', tags('v1.2.5'), elsewhere)).toEqual({
      tag: tags('v1.2.5')[0],
      reason: 'the greatest lower stable release before it (2.0.0 is on another branch: this is a backport)',
    });
    expect(findBaseline('2.1.0', tags('v2.0.0'), tags('v1.2.6'))?.reason).toBe('the greatest lower stable release before it');
  });

  test('obeys its rules in any history', () => {
    const picks = fc.uniqueArray(fc.tuple(versions(), fc.nat()), { minLength: 1, maxLength: 20, selector: ([version]) => version });
    fc.assert(
      fc.property(graphs(20), picks, ({ list, closureOf }, picked) => {
        const placed = picked.map(([version, pick]) => ({ version, sha: list[pick % list.length]?.sha ?? '' }));
        for (const { version, sha } of placed) {
          const closure = closureOf(sha);
          const before = placed.filter((other) => closure.has(other.sha)).map((other) => other.version);
          const lower = semver.sort(before.filter((other) => semver.lt(other, version)));
          const stable = lower.filter((other) => !other.includes('-'));
          const line = lower.filter((other) => other.includes('-') && coreOf(other) === coreOf(version));
          const expected = version.includes('-') ? (line.at(-1) ?? stable.at(-1) ?? lower.at(-1)) : stable.at(-1);
          const found = findBaseline(version, tags(...before.map((other) => `v${other}`)));
          expect(found?.tag.version).toBe(expected);
          expect(findBaseline(version, tags(...before.toReversed().map((other) => `v${other}`)))).toEqual(found);
        }
      }),
    );
  });
});
