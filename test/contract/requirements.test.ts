import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { eachProof, expectTest, provenRows } from '../support/documents/proofs.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/requirements.md'), 'utf8');
const rows = provenRows('requirements.md', /^\| (?<name>[A-Za-z0-9]+-\d+) \|.*? \| (?<proofs>.*) \|$/);
const named = (those: typeof rows): readonly string[] => those.map(({ name }) => name);
const unproven = rows.filter(({ proofs }) => proofs.length === 0);

describe('docs/requirements.md', () => {
  test('has each clause once, counted from 1 in each part', () => {
    const counts = new Map<string, number>();
    for (const { name } of rows) {
      const [part = '', number = ''] = name.split('-');
      expect([name, Number(number)]).toEqual([name, (counts.get(part) ?? 0) + 1]);
      counts.set(part, Number(number));
    }
    const tasks = Array.from({ length: 12 }, (_, index) => `T${String(36 + index).padStart(3, '0')}`);
    expect([...counts.keys()]).toEqual([
      'who',
      'cross',
      'matrix',
      'build',
      'lint',
      'smoke',
      'sign',
      'draft',
      'log',
      'comp',
      ...tasks,
      'num',
    ]);
    expect(page.split('\n').filter((line) => /^\| (?!Clause|---)/.test(line))).toHaveLength(rows.length);
  });
  test('says why, where no test proves a clause', () => {
    for (const { name, cell } of unproven)
      expect([name, cell]).toEqual([
        name,
        expect.stringMatching(/^(?:not provable here|measured, no test|stage 2|\*\*open\*\*)(?:[:. ]|$)/),
      ]);
  });
  test('has no clause without a test but these', () => {
    expect(named(unproven)).toEqual(['cross-8', 'T037-3', 'T037-4', 'T037-6', 'T044-1', 'T045-3', 'T047-2', 'num-1', 'num-2']);
  });
  test('calls open what is not proved, or not whole', () => {
    expect(named(rows.filter(({ cell }) => cell.includes('**open**')))).toEqual(['cross-8', 'T037-5']);
  });
  test.each(eachProof(rows))('%s: %s has the test "%s"', expectTest);
});

test('the pages for developers are there', () => {
  const pages = [
    'architecture',
    'workflow-maintenance',
    'local-development',
    'security-practices',
    'roadmap',
    'troubleshooting',
    'reference',
  ];
  for (const name of pages) expect([name, existsSync(join(root, `docs/${name}.md`))]).toEqual([name, true]);
});
