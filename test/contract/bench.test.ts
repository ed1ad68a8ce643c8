import { expect, test } from '@jest/globals';
import { pageOf, partsOf } from '../../scripts/bench/page.ts';

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
