import { expect, test } from '@jest/globals';
import { matches } from './expression.ts';

test('the ends of lines are ends', () => {
  expect(matches('^ready$', 'not yet\nready\n')).toBe(true);
  expect(matches('^ready$', 'already\n')).toBe(false);
});

test('an expression that goes back and forth without end is given up', () => {
  expect(matches('^(a+)+$', `${'a'.repeat(60)}!`, 50)).toBe('endless');
});
