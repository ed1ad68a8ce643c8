import { expect, test } from '@jest/globals';
import { ruleNameOf } from './rules.ts';

test('a name comes before a pattern, and what is unknown has no rule', () => {
  expect(ruleNameOf('spelling-error-in-binary')).toBe('spelling-in-program');
  expect(ruleNameOf('spelling-error-in-changelog')).toBe('changelog-line');
  expect(ruleNameOf('some-tag-of-tomorrow')).toBeUndefined();
  expect(ruleNameOf('constructor')).toBeUndefined();
});
