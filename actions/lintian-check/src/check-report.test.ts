import { describe, expect, test } from '@jest/globals';
import { checkNameOf, checkReportOf } from './check-report.ts';
import { findingOf, locationOf, placedOf } from './hint.test-support.ts';
import { resultOf } from './lint-result.test-support.ts';
import type { Placed } from './placed.ts';

const facts = {
  name: 'lintian: hello (debian:12)',
  headSha: 'a'.repeat(40),
  summary: 'table',
  pathOf: (place: { file: string } | undefined) => (place?.file.startsWith('src/') === true ? place.file.slice(4) : undefined),
};
const at = (file: string, line?: number) =>
  locationOf(`${file}`, { place: line === undefined ? { file: `src/${file}` } : { file: `src/${file}`, line }, exact: true });
const report = (ranked: readonly Placed[], passed = false) => {
  const explanations = new Map([
    ['some-tag', { meaning: 'Short.', details: 'Short.\nAnd long.', screen: 'Screen: x', references: [] }],
    ['plain', { meaning: 'All.', details: 'All.', references: [] }],
  ]);
  return checkReportOf(resultOf({ passed, placed: ranked }), ranked, explanations, facts);
};

describe('the check of a run', () => {
  test('has an annotation for each finding, at its path in the repository', () => {
    const { annotations, text, conclusion, title } = report([
      placedOf(findingOf({}), { location: at('debian/control', 3) }),
      placedOf(findingOf({ tag: 'plain', severity: 'info' }), { location: at('debian/rules') }),
    ]);
    expect(annotations).toEqual([
      expect.objectContaining({
        path: 'debian/control',
        startLine: 3,
        endLine: 3,
        level: 'failure',
        details: 'Short.\nAnd long.\n\nScreen: x',
      }),
      expect.objectContaining({ path: 'debian/rules', startLine: 1, endLine: 1, level: 'notice', title: 'lintian: plain' }),
    ]);
    expect(annotations[1]).not.toHaveProperty('details');
    expect([text, conclusion, title]).toEqual(['', 'failure', '1 error, 1 info']);
  });

  test('what has no line in the repository is in its text, inert', () => {
    const outside = locationOf('debian/control:9', { place: { file: 'elsewhere/debian/control', line: 9 } });
    const { annotations, text } = report([
      placedOf(findingOf({ note: '<img> @all [a](b)' })),
      placedOf(findingOf({ severity: 'warning' }), { location: outside }),
    ]);
    expect(annotations).toEqual([]);
    expect(text).toBe(
      [
        '### Without a line in this repository',
        '',
        '- error: hello: some-tag &lt;img&gt; @\u200ball \\[a\\](b)',
        '- warning: hello: some-tag (`debian/control:9`)',
        '',
      ].join('\n'),
    );
  });

  test('without findings it is a success with nothing to tell', () => {
    expect(report([], true)).toMatchObject({ conclusion: 'success', title: 'no findings', text: '', annotations: [] });
  });

  test('20,000 findings take fifty requests, and the rest is counted', () => {
    const ranked = Array.from({ length: 20_000 }, (_, index) =>
      placedOf(findingOf({ severity: 'warning' }), { location: at('debian/control', index + 1) }),
    );
    const { annotations, text, title } = report(ranked);
    expect(annotations).toHaveLength(2500);
    expect(text).toMatch(/- and 17000 more, which are in the log of the job\n$/);
    expect(title).toBe('20000 warnings');
  });
});

test('jobs of a matrix have checks of different names, the same job always the same', () => {
  const files = ['hello_1.0-1_amd64.deb', 'hello-doc_1.0-1_all.deb', 'hello_1.0-1.dsc', 'hello_1.0-1_amd64.changes'];
  const checked = files.map((name) => ({ name, distribution: 'debian:12' }));
  expect(checkNameOf('hello', checked)).toBe('lintian: hello (debian:12, all, amd64)');
  expect(checkNameOf('hello', checked.toReversed())).toBe('lintian: hello (debian:12, all, amd64)');
  expect(checkNameOf('x '.repeat(100), []).length).toBeLessThan(120);
  expect(checkNameOf('hello', [{ name: 'hello_1.0-1_arm64.deb', distribution: 'debian:13' }])).toBe('lintian: hello (debian:13, arm64)');
});
