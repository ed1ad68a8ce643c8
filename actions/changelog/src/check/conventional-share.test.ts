import { expect, test } from '@jest/globals';
import { conventionalShare } from './conventional-share.ts';

const many = (count: number, message: string) => Array.from({ length: count }, () => message);

test.each([
  ['half of them', [...many(5, 'fix: x'), ...many(5, 'Mend x')], true],
  ['less than half', [...many(4, 'fix: x'), ...many(6, 'Mend x')], false],
  ['none of four, which tells nothing', many(4, 'Mend x'), true],
  ['none', many(5, 'Mend x'), false],
  [
    'half, when merges, reverts and fixups are left out',
    [...many(5, 'fix: x'), ...many(50, "Merge branch 'x'"), ...many(5, 'fixup! x')],
    true,
  ],
])('a project is conventional or not by its newest commits: %s', (_, messages, isConventional) => {
  expect(conventionalShare(messages, {}).isConventional).toBe(isConventional);
});
