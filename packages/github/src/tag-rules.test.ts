import { describe, expect, test } from '@jest/globals';
import { ruleAgainst, type TagRule } from './tag-rules.ts';

const rule = (
  include: readonly string[],
  exclude: readonly string[] = [],
  forbids: readonly string[] = ['update', 'deletion'],
): TagRule => ({
  name: 'releases',
  include,
  exclude,
  forbids,
});

describe('a rule counts for a tag when', () => {
  test.each([
    { include: ['~ALL'], exclude: [], fits: true },
    { include: ['refs/tags/v*'], exclude: [], fits: true },
    { include: ['refs/tags/**'], exclude: [], fits: true },
    { include: ['refs/tags/v?.2.3'], exclude: [], fits: true },
    { include: ['refs/tags/v1.2.3'], exclude: [], fits: true },
    { include: ['refs/**/*'], exclude: [], fits: true },
    { include: ['refs/*'], exclude: [], fits: false },
    { include: ['v*'], exclude: [], fits: false },
    { include: ['refs/tags/v1x2.3'], exclude: [], fits: false },
    { include: ['~ALL'], exclude: ['refs/tags/v1.*'], fits: false },
    { include: [], exclude: [], fits: false },
  ])('$include without $exclude: $fits', ({ include, exclude, fits }) => {
    expect(ruleAgainst('update', 'v1.2.3', [rule(include, exclude)]) !== undefined).toBe(fits);
  });
});

test('and forbids it', () => {
  expect(ruleAgainst('deletion', 'v1.2.3', [rule(['~ALL'], [], ['update'])])).toBeUndefined();
});
