import { describe, expect, test } from '@jest/globals';
import { formatBaseline, parseBaseline, pastLine } from './baseline.ts';
import { hintOf } from './hint.test-support.ts';
import { pastOf } from './past-finding.ts';

const file = 'debian/lintian-baseline';
const read = (text: string) => parseBaseline(text, file);
const entry = (given: Parameters<typeof hintOf>[0], count = 1, comments: readonly string[] = []) => ({
  past: pastOf(hintOf(given)),
  count,
  comments,
});

const sample = [
  entry({ tag: 'no-manual-page', pointer: { path: 'usr/bin/hello', index: undefined, line: undefined } }, 1, ['# Nobody reads it.']),
  entry({ tag: 'spelling-error', note: 'recieve receive' }, 3),
  entry({ package: 'hello', type: 'source', tag: 'out-of-date-standards-version', note: '4.5.0 (current is 4.6.2)' }),
  entry({ package: 'apt', tag: 'shellcheck/SC2086' }),
];

test('is written sorted, grouped, with counts and comments, and read back the same', () => {
  const text = formatBaseline(sample);
  expect(text.slice(text.indexOf('\n\n') + 1)).toBe(
    [
      '',
      'apt: shellcheck/SC2086',
      '',
      '# Nobody reads it.',
      'hello: no-manual-page [usr/bin/hello]',
      '3 times hello: spelling-error recieve receive',
      '',
      'hello source: out-of-date-standards-version <n> (current is <n>)',
      '',
    ].join('\n'),
  );
  expect(read(text).map(({ place: _, ...rest }) => rest)).toEqual([sample[3], sample[0], sample[1], sample[2]]);
  expect(formatBaseline(read(text))).toBe(text);
  expect(formatBaseline(sample.toReversed())).toBe(text);
  expect(text.startsWith('# Known findings of lintian')).toBe(true);
});

test('of nothing is its header, which says how it is written', () => {
  expect(formatBaseline([])).toMatch(/^(# .*\n)+$/);
  expect(formatBaseline([])).toContain('release-kit lint --update-baseline');
  expect(read(formatBaseline([]))).toEqual([]);
});

test('a line that somebody copied from lintian, with its numbers, means the same', () => {
  expect(read('hello source: out-of-date-standards-version 4.5.0 (current is 4.7.0)\r\n')[0]?.past).toEqual(sample[2]?.past);
});

describe('what cannot be read is an error with its line', () => {
  test.each([
    ['no colon', 'hello no-manual-page', 1],
    ['lintian’s own letter', '# x\n\nW: hello: no-manual-page', 3],
    ['an unknown type', 'hello sauce: no-manual-page', 1],
    ['a count of nothing', '0 times hello: a', 1],
    ['a tag that is none', 'hello: $(id)', 1],
    ['no tag', 'hello:', 1],
    ['a tab in front', '\thello: a', 1],
    ['an endless line', `hello: a ${'x'.repeat(5000)}`, 1],
    ['the same finding twice', 'hello: a [debian/x:1]\nhello: a [debian/x:2]', 2],
  ])('%s', (_, text, line) => {
    expect(() => read(text)).toThrowWithCode('E_BASELINE');
    try {
      read(text);
    } catch (error) {
      expect(error).toMatchObject({ place: { file, line } });
    }
  });
});

test('names from hostile packages make no line of their own', () => {
  const past = pastOf(hintOf({ package: 'x\ny: z', tag: 'a', note: 'b\n# c\nhello: d' }));
  const [read1, ...more] = read(formatBaseline([{ past, count: 1, comments: [] }]));
  expect(more).toEqual([]);
  expect(read1?.past).toEqual(past);
  expect(pastLine(past)).not.toMatch(/\n/);
});
