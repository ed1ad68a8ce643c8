import { describe, expect, test } from '@jest/globals';
import { baselineOfPlan, greaterThanTag, planningStarts, planOfTag, possibleStarts } from './planned-release.ts';
import { releaseTag } from './release-tag.ts';
import { commitOf } from './sample-release.test-support.ts';
import { usualRules } from './version-rules.ts';

const tags = (...names: readonly string[]) => names.map((name) => releaseTag(name, 'v')).filter((tag) => tag !== undefined);
const tag = (name: string) => {
  const [found] = tags(name);
  if (found === undefined) throw new Error(name);
  return found;
};
const plan = { version: '1.1.0', bump: 'minor', previous: '1.0.0', explain: [] } as const;

describe('the notes of a plan are compared', () => {
  test('with the baseline of its version', () => {
    expect(baselineOfPlan(plan, tags('v1.0.0', 'v1.1.0-rc.1'), [])?.tag.name).toBe('v1.0.0');
    expect(baselineOfPlan({ ...plan, version: '1.1.0-rc.2' }, tags('v1.0.0', 'v1.1.0-rc.1'), [])?.tag.name).toBe('v1.1.0-rc.1');
  });

  test('with the newest release when nothing asks for one', () => {
    const idle = { ...plan, version: '1.1.0-rc.1', bump: 'none' } as const;
    expect(baselineOfPlan(idle, tags('v1.0.0', 'v1.1.0-rc.1'), [])).toEqual({
      tag: tag('v1.1.0-rc.1'),
      reason: 'the newest release before it, since nothing asks for another one',
    });
  });
});

test.each([
  ['v1.1.0', ['v1.0.0', 'v1.1.0-rc.1', 'v0.9.0'], '1.0.0', 'minor'],
  ['v1.1.0-rc.2', ['v1.0.0', 'v1.1.0-rc.1'], '1.0.0', 'minor'],
  ['v1.0.0', ['v1.0.0', 'v1.1.0'], undefined, 'initial'],
] as const)('the tag %s after %j says its version, and grew from %s: %s', (name, before, previous, bump) => {
  expect(planOfTag(tag(name), tags(...before))).toMatchObject({ version: name.slice(1), previous, bump });
});

describe('a tag that says less than its commits', () => {
  const breaking = [commitOf('a', 'feat!: x')];
  test.each([
    ['v1.0.1', '2.0.0'],
    ['v2.0.0', undefined],
    ['v3.0.0', undefined],
  ])('%s: %s', (name, asked) => {
    expect(greaterThanTag(tag(name), tag('v1.0.0'), breaking, usualRules)).toBe(asked);
  });

  test('is not found among pre-releases, nor of a first release', () => {
    expect(greaterThanTag(tag('v1.0.1-rc.1'), tag('v1.0.0'), breaking, usualRules)).toBeUndefined();
    expect(greaterThanTag(tag('v0.0.1'), undefined, breaking, usualRules)).toBeUndefined();
  });
});

test('a range may start at the greatest stable release, and above it at the greatest pre-release of each core', () => {
  const before = tags('v1.0.0', 'v1.1.0-rc.1', 'v1.1.0', 'v1.2.0-rc.2', 'v1.2.0-rc.1', 'v2.0.0-beta.1');
  expect(possibleStarts(before)?.map(({ name }) => name)).toEqual(['v1.1.0', 'v1.2.0-rc.2', 'v2.0.0-beta.1']);
  expect(planningStarts(before)).toMatchObject({ stable: { name: 'v1.1.0' }, preRelease: { name: 'v2.0.0-beta.1' } });
  expect(possibleStarts(tags('v1.0.0-rc.1'))).toBeUndefined();
});
