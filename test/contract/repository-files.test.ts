import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

/** What people and GitHub look for in a repository. */
const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('dependabot', () => {
  const { updates } = parse(read('.github/dependabot.yml'));
  test('waits a week with every version that is no security update', () => {
    for (const { cooldown } of updates) expect(cooldown['default-days']).toBeGreaterThanOrEqual(7);
  });
  test('looks at every lock file, and at the pinned actions', () => {
    const looked = updates.map((one: { readonly ['package-ecosystem']: string; readonly directory: string }) => [
      one['package-ecosystem'],
      one.directory,
    ]);
    expect(looked).toEqual([
      ['npm', '/'],
      ['npm', '/scripts/node'],
      ['pip', '/scripts/linting'],
      ['github-actions', '/'],
    ]);
    for (const [kind, folder] of looked) if (kind === 'npm') expect(existsSync(join(root, folder, 'package-lock.json'))).toBe(true);
  });
});

describe('CODEOWNERS', () => {
  const lines = read('.github/CODEOWNERS')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  test('names places that are there, and somebody for each', () => {
    for (const line of lines) {
      const [place = '', ...owners] = line.split(/\s+/);
      expect([place, owners.every((owner) => /^@[\w-]+\/[\w-]+$/.test(owner)) && owners.length > 0]).toEqual([place, true]);
      if (place !== '*' && !place.endsWith('.*')) expect([place, existsSync(join(root, place))]).toEqual([place, true]);
    }
  });
  test.each(['/.github/', '/package-lock.json', '/scripts/publishing/', '/actions/sign-artifacts/'])('protects %s', (place) => {
    expect(lines.some((line) => line.startsWith(`${place} `))).toBe(true);
  });
});

test('issue forms are such as GitHub takes: each field has an id of its own and a label', () => {
  for (const form of ['bug', 'idea']) {
    const { name, description, body } = parse(read(`.github/ISSUE_TEMPLATE/${form}.yml`));
    expect([typeof name, typeof description]).toEqual(['string', 'string']);
    const fields: readonly {
      readonly type: string;
      readonly id?: string;
      readonly attributes: { readonly label?: string; readonly value?: string };
    }[] = body;
    const asked = fields.filter(({ type }) => type !== 'markdown');
    expect(new Set(asked.map(({ id }) => id)).size).toBe(asked.length);
    for (const { type, id, attributes } of asked)
      expect([type, typeof id, typeof attributes.label]).toEqual([
        expect.stringMatching(/^(input|textarea|dropdown|checkboxes)$/),
        'string',
        'string',
      ]);
  }
});

test('SECURITY.md says how a weakness is reported in private, what is promised, and what is not', () => {
  const text = read('SECURITY.md');
  for (const words of [/Report a vulnerability/, /## What release-kit promises/, /## What it does not promise/, /## Supported versions/])
    expect(text).toMatch(words);
  expect(read('.github/ISSUE_TEMPLATE/config.yml')).toContain('/security/advisories/new');
});

test('the root action has a face on the marketplace', () =>
  expect(read('action.yml')).toMatch(/^branding:\n {2}icon: .+\n {2}color: .+$/m));
