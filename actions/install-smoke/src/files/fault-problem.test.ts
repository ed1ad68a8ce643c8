import { expect, test } from '@jest/globals';
import { problemsOfFaults } from './fault-problem.ts';
import type { FileFault } from './file-rules.ts';

const fault = (path: string, more: Partial<FileFault> = {}): FileFault => ({
  category: 'wrong-mode',
  level: 'error',
  path,
  how: 'everyone may write it',
  cure: 'c',
  ...more,
});

test('a category and level is one problem, errors first, with all its paths as evidence', () => {
  const problems = problemsOfFaults([
    fault('/w', { level: 'warning' }),
    fault('/a\n::error::'),
    fault('/b'),
    fault('/o', { category: 'forbidden-place' }),
  ]);
  expect(problems.map(({ category, level, message }) => [category, level, message])).toEqual([
    ['wrong-mode', undefined, '/a\\n\\::error::: everyone may write it (and 1 more)'],
    ['forbidden-place', undefined, '/o: everyone may write it'],
    ['wrong-mode', 'warning', '/w: everyone may write it'],
  ]);
  expect(problems[0]).toMatchObject({
    subject: { kind: 'path', path: '/a\n::error::' },
    evidence: '/a\\n\\::error::: everyone may write it\n/b: everyone may write it\n  c',
  });
});

test('a thousand paths are cut after fifty', () => {
  const [problem] = problemsOfFaults(Array.from({ length: 1000 }, (_, index) => fault(`/${index}`)));
  expect(problem?.evidence?.split('\n')).toHaveLength(52);
  expect(problem?.evidence).toMatch(/and 950 more$/);
});
