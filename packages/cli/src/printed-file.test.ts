import { expect, test } from '@jest/globals';
import { actions } from './actions.ts';
import { printedFile, refuseTwoPrinted, writtenFiles } from './printed-file.ts';

test('every file that the action writes is known', () => {
  const { inputs } = actions.changelog.spec;
  const written = Object.entries(inputs).flatMap(([name, input]) => (input.defaultText === 'not written' ? [name] : []));
  expect(written).toEqual(expect.arrayContaining([...writtenFiles]));
  expect(written).toHaveLength(writtenFiles.length);
});

test.each([
  [{}, 'output'],
  [{ to: 'v1.0.0' }, 'output'],
  [{ full: 'true' }, 'changelog'],
  [{ full: 'false' }, 'output'],
  [{ announcement: 'mail' }, 'announcement-file'],
  [{ 'migrate-from': '1.4' }, 'migration-guide'],
  [{ json: '-' }, 'json'],
  [{ full: 'true', json: '-' }, 'json'],
  [{ changelog: 'CHANGELOG.md', output: '-' }, 'output'],
  [{ changelog: 'CHANGELOG.md' }, undefined],
  [{ full: 'true', changelog: 'CHANGELOG.md' }, undefined],
  [{ mode: 'notes' }, 'output'],
  [{ mode: 'check' }, undefined],
  [{ mode: 'bump' }, undefined],
])('of %j %s is printed', (given, printed) => {
  expect(printedFile(Object.fromEntries(Object.entries(given)))).toBe(printed);
});

test('two things on standard output are refused', () => {
  expect(() => refuseTwoPrinted({ output: '-' }, false)).not.toThrow();
  expect(() => refuseTwoPrinted({ output: '-', json: '-' }, false)).toThrowWithCode('E_INPUT', /--output - and --json -/);
  expect(() => refuseTwoPrinted({ output: '-' }, true)).toThrowWithCode('E_INPUT', /--output - and the document of --json/);
});
