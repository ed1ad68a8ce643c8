import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { findBuildProblem, type KnownFailure, knownFailures } from './index.ts';

const folder = new URL('./fixtures/build/', import.meta.url);
const golden: unknown = JSON.parse(readFileSync(new URL('./fixtures/build-problems.json', import.meta.url), 'utf8'));
const entries: readonly (readonly [string, KnownFailure])[] = Object.entries(knownFailures);

describe('each known failure', () => {
  test.each(entries)('%s is recognised by its example', (id, { example, category }) => {
    expect(findBuildProblem(['noise before', ...example, 'noise after'])).toMatchObject({ failure: id, category });
  });

  test.each(entries)('%s has a title and a cure that can be read', (_, { title, cure }) => {
    expect(title).toMatch(/^[A-Za-z/][^\n]{3,60}[^.\n]$/);
    expect(cure).toMatch(/^[A-Z][^\n]{15,250}\.$/);
  });
});

test('the problem found in each real log: what, where, and how it is called', () => {
  const found = readdirSync(folder).map((name) => {
    const lines = readFileSync(new URL(name, folder), 'utf8').split('\n');
    return [name.replace(/\.log$/, ''), findBuildProblem(lines)];
  });
  expect(Object.fromEntries(found)).toEqual(golden);
});
