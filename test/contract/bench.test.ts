import { expect, test } from '@jest/globals';
import { busiestMinute } from '../../scripts/bench/draft.ts';
import { pageOf, partsOf } from '../../scripts/bench/page.ts';
import { ownTime, type PipelineTime, pipelineSection } from '../../scripts/bench/pipeline.ts';
import { historyStream } from '../../scripts/bench/synthetic-history.ts';
import { workOf } from '../support/work-watch.ts';

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

const measured: PipelineTime = {
  wall: 100_000,
  before: 1,
  after: 2,
  links: [
    { name: 'plan', waited: 0, took: 2000, steps: [{ name: 'Plan', took: 2000, compiling: 0, lintian: 0, apt: 0 }] },
    {
      ...{ name: 'build', waited: 1000, took: 90_000 },
      steps: [
        { name: 'Build', took: 60_000, compiling: 50_000, lintian: 0, apt: 8000 },
        { name: 'Lint', took: 10_000, compiling: 0, lintian: 9000, apt: 0 },
        { name: 'Try out', took: 20_000, compiling: 0, lintian: 0, apt: 5000 },
      ],
    },
  ],
};

test("release-kit's own time is all that is neither a tool's work nor the trial, waits and the runner too", () => {
  expect(ownTime(measured)).toBe(13_000);
  expect(pipelineSection(measured)).toContain('| build | 90.0 s | 50.0 s | 9.0 s | 13.0 s | 15.0 s | 1.0 s |');
  expect(pipelineSection(measured)).toMatch(/^\| release-kit's own: .* \| 13\.0 s \| 13\.0 % \|$/m);
});

test('what compiles counts as that, whatever else runs below it', () => {
  expect(workOf(new Set(['node', 'systemd-nspawn', 'dpkg-buildpacka', 'dpkg', 'gcc']))).toBe('compiling');
  expect(workOf(new Set(['/usr/share/lint', 'dpkg']))).toBe('lintian');
  expect(workOf(new Set(['node', 'systemd']))).toBeUndefined();
});
