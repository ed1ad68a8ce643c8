import { describe, expect, test } from '@jest/globals';
import { annotationsOf } from './annotations.ts';
import { failedTrack, failure, resultOf, trackOf, warning } from './smoke-result.test-support.ts';
import { gatherProblems, seenText } from './told-problem.ts';

const failed = (name: string, problems = [warning, failure]) =>
  resultOf(name, { outcome: 'failed', tracks: [failedTrack({ problems }), failedTrack({ name: 'upgrade', problems: [failure] })] });

describe('problems of several systems', () => {
  test('are told once, with every system and track that shows them; failures come first', () => {
    const told = gatherProblems([failed('debian:12/amd64'), failed('debian:13/amd64')]);
    expect(told.map(({ problem, seen }) => [problem.category, seenText(seen)])).toEqual([
      ['left-behind', 'debian:12/amd64 (life cycle, upgrade), debian:13/amd64 (life cycle, upgrade)'],
      ['slower', 'debian:12/amd64 (life cycle), debian:13/amd64 (life cycle)'],
    ]);
  });

  test('are the same when only the time differs, and others when the place or the words do', () => {
    const late = (seconds: string) => ({ ...failure, message: `no answer after ${seconds} s` });
    const elsewhere = { ...failure, place: { file: 'debian/postrm', line: 5 } };
    const told = gatherProblems([failed('a/amd64', [late('1.2')]), failed('b/amd64', [late('30'), elsewhere])]);
    expect(told.map(({ problem }) => [problem.message, problem.place?.line])).toEqual([
      ['no answer after 1.2 s', 4],
      ['/x stayed', 4],
      ['/x stayed', 5],
    ]);
  });

  test('those of a system as a whole name no track', () => {
    const [told] = gatherProblems([resultOf('debian:12/amd64', { outcome: 'failed', problems: [failure], tracks: [trackOf()] })]);
    expect(seenText(told?.seen ?? [])).toBe('debian:12/amd64');
  });
});

describe('annotations', () => {
  const many = (count: number, level: 'error' | 'warning') =>
    Array.from({ length: count }, (_, index) => ({ ...failure, level, message: `${level} ${index}` }));
  const of = (...problems: readonly object[]) =>
    annotationsOf(gatherProblems([resultOf('debian:12/amd64', { problems: problems.map((each) => ({ ...failure, ...each })) })]));

  test('the first failure ends the step; its evidence stands beside it, at its line', () => {
    expect(of({})).toEqual([
      { level: 'notice', title: 'install-smoke: what was seen', message: failure.evidence, file: 'debian/postrm', line: 4 },
    ]);
    expect(of(warning)).toMatchObject([{ level: 'warning', title: 'install-smoke: E_SMOKE_FIGURES slower' }]);
  });

  test('GitHub shows ten of a level: nine errors besides the one that ends the step, ten warnings, and one notice for all others', () => {
    const shown = of(...many(15, 'error'), ...many(12, 'warning'));
    const count = (level: string) => shown.filter((annotation) => annotation.level === level).length;
    expect([count('error'), count('warning'), count('notice')]).toEqual([9, 10, 2]);
    expect(shown.at(-1)?.message).toBe('7 more problems are in the summary and in the log');
  });

  test('what several systems show is one annotation that names them', () => {
    const told = gatherProblems([failed('debian:12/amd64'), failed('debian:13/amd64')]);
    expect(annotationsOf(told).at(-1)?.message).toMatch(
      /^memory at rest is 9 MiB\. .*\nSeen on debian:12\/amd64 \(life cycle\), debian:13\/amd64 \(life cycle\)\.$/,
    );
  });
});
