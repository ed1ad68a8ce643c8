import { expect, test } from '@jest/globals';
import { busiestMinute } from '../../scripts/bench/draft.ts';
import { pageOf, partsOf } from '../../scripts/bench/page.ts';
import { type PipelineTime, pipelineSection, type StepTime, sharesOf } from '../../scripts/bench/pipeline-section.ts';
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

const step = (name: string, took: number, more: Partial<StepTime> = {}): StepTime => ({
  ...{ name, by: 'release-kit', took, compiling: 0, lintian: 0, apt: 0, parts: [] },
  ...more,
});
const measured: PipelineTime = {
  ...{ wall: 100_000, changes: 4, before: 1, after: 2 },
  links: [
    { name: 'plan', waited: 0, took: 2000, steps: [step('Check out', 1500, { by: 'github' }), step('Plan', 500)] },
    {
      ...{ name: 'build', waited: 1000, took: 91_000 },
      steps: [
        step('Build', 60_000, { compiling: 50_000, apt: 8000 }),
        step('Lint', 10_000, { lintian: 9000 }),
        step('Try out', 20_000, { apt: 5000, parts: [{ name: 'boot', took: 3000 }] }),
      ],
    },
    { name: 'draft', waited: 0, took: 6000, steps: [step('Draft', 6000)] },
  ],
};

test("release-kit's own time is what no tool, trial, limit of GitHub, action of GitHub's and runner takes; the parts are the whole", () => {
  const shares = sharesOf(measured);
  expect(shares).toEqual({
    compiling: 50_000,
    lintian: 9000,
    apt: 13_000,
    trial: 15_000,
    limit: 0,
    github: 1500,
    runner: 2000,
    own: 9500,
  });
  expect(Object.values(shares).reduce((sum, part) => sum + part, 0)).toBe(measured.wall);
  // A draft cannot have waited for longer than it took.
  expect(sharesOf({ ...measured, changes: 61 }).limit).toBe(6000);
});

test('what the goal is about is said beside what of it is release-kit at work', () => {
  const text = pipelineSection([{ title: 'Small packages', time: measured }]);
  expect(text).toContain('| build | 91.0 s | 50.0 s | 9.0 s | 13.0 s | 15.0 s | 1.0 s |');
  expect(text).toMatch(/^\| All else \| 28\.0 s \| 28\.0 % \|$/m);
  expect(text).toMatch(/^\| — release-kit's actions: .* \| 9\.5 s \| 9\.5 % \|$/m);
  expect(text).toContain("GitHub's limit: Plan 0.5 s, Build 2.0 s, Lint 1.0 s, Try out 15.0 s, Draft 6.0 s. Parts of the trial,");
  expect(text).toContain('at the same time: boot 3.0 s.');
});

test('what compiles counts as that, whatever else runs below it', () => {
  expect(workOf(new Set(['node', 'systemd-nspawn', 'dpkg-buildpacka', 'dpkg', 'gcc']))).toBe('compiling');
  expect(workOf(new Set(['/usr/share/lint', 'dpkg']))).toBe('lintian');
  expect(workOf(new Set(['node', 'systemd']))).toBeUndefined();
});
