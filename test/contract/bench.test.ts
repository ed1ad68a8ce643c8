import { expect, test } from '@jest/globals';
import { busiestMinute } from '../../scripts/bench/draft.ts';
import { pageOf, partsOf } from '../../scripts/bench/page.ts';
import { historyStream } from '../../scripts/bench/synthetic-history.ts';

test('a part that is measured again replaces itself and nothing else', () => {
  const first = pageOf(
    ['a', 'b'],
    new Map([
      ['a', '## A\n\n1'],
      ['b', '## B\n\n2'],
    ]),
    '',
    '# Head',
  );
  expect(first).toMatch(/^# Head\n\n<!-- part: a -->\n## A\n/);
  const second = pageOf(['a', 'b'], new Map([['b', '## B\n\n3']]), first, '# Head');
  expect([...partsOf(second)]).toEqual([
    ['a', '## A\n\n1'],
    ['b', '## B\n\n3'],
  ]);
});

test('a part that was never measured says how it is', () => {
  expect(pageOf(['a'], new Map(), '# an older page', '# Head')).toMatch(/Not measured yet: `npm run bench -- a`/);
});

test('a synthetic history is the same for the same seed, and has all kinds of commits and tags', () => {
  const made = (seed: number) => [...historyStream({ commits: 2000, seed })].join('');
  const text = made(7);
  expect(made(7)).toBe(text);
  expect(made(8)).not.toBe(text);
  expect(text.match(/^commit refs\/heads\/main$/gm)).toHaveLength(2000);
  for (const kind of [
    /^merge :/m,
    /^This reverts commit [0-9a-f]{40}\.$/m,
    /^BREAKING CHANGE: /m,
    /^tag v\d/m,
    /^reset refs\/tags\/v/m,
    /-rc\.1$/m,
  ])
    expect(text).toMatch(kind);
});

test('the busiest minute may begin with any change', () => {
  expect(busiestMinute([])).toBe(0);
  expect(busiestMinute([0, 59_999, 60_000, 61_000, 119_998])).toBe(4);
});
