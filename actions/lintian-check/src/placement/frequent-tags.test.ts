import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ruleNameOf } from './rules.ts';

// Captured: the tags that lintian 2.116 gave 59 sources of Debian 12 and their packages, with how many of the sources had each.
const lines = readFileSync(join(import.meta.dirname, '../fixtures/frequent-tags.txt'), 'utf8')
  .trim()
  .split('\n');
const tags = lines.map((line) => line.split(' ')[1] ?? '');

test('every tag that real packages had has a rule of its own', () => {
  expect(tags.length).toBeGreaterThan(80);
  expect(tags.filter((tag) => ruleNameOf(tag) === undefined)).toEqual([]);
});
