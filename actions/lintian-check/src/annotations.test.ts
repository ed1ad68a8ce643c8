import { describe, expect, test } from '@jest/globals';
import { annotationOf, chooseAnnotated, rankShown, restAnnotation } from './annotations.ts';
import { findingOf, locationOf, placedOf } from './hint.test-support.ts';
import type { Placed } from './placed.ts';

const placed = (note: string, severity: 'error' | 'warning' | 'info' | 'classification' = 'error', more: Partial<Placed> = {}): Placed =>
  placedOf(findingOf({ note, severity }), more);
const many = (severity: 'error' | 'warning' | 'info', count: number): readonly Placed[] =>
  Array.from({ length: count }, (_, index) => placed(`${severity} ${index}`, severity));
const notesOf = (some: readonly Placed[]): readonly string[] => some.map(({ finding }) => finding.hint.note);
const countOf = (some: readonly Placed[]) =>
  (['error', 'warning', 'info'] as const).map((severity) => some.filter(({ finding }) => finding.hint.severity === severity).length);

describe('what goes first', () => {
  test('is new before old, then lines that the pull request changed, then the gravest, else in order', () => {
    const all = [
      placed('old error', 'error', { standing: 'existing', changed: true }),
      placed('elsewhere', 'error', { standing: 'new', changed: false }),
      placed('changed warning', 'warning', { standing: 'new', changed: true }),
      placed('second', 'error', { standing: 'new', changed: true }),
      placed('third', 'error', { standing: 'new', changed: true }),
      placed('nowhere', 'info', { standing: 'new' }),
    ];
    expect(notesOf(rankShown(all))).toEqual(['second', 'third', 'changed warning', 'elsewhere', 'nowhere', 'old error']);
  });

  test('overridden and masked findings and mere facts are not shown', () => {
    const masked = placedOf(findingOf({}, { status: 'masked' }));
    const overridden = placedOf(findingOf({}, { status: 'overridden' }));
    expect(rankShown([masked, overridden, placed('fact', 'classification')])).toEqual([]);
    expect(annotationOf(overridden, new Map())).toBeUndefined();
  });
});

test('what was there before is a notice, however grave, unless the step fails for it', () => {
  const levels = [
    { standing: 'existing' as const, fails: false },
    { standing: 'existing' as const, fails: true },
    { standing: 'new' as const, fails: false },
  ];
  expect(levels.map((more) => annotationOf(placed('x', 'error', more), new Map())?.level)).toEqual(['notice', 'error', 'error']);
});

describe('within the limits of GitHub', () => {
  test('nine errors and ten of each other level go out, so that the error that ends the step is the tenth', () => {
    const { chosen, rest } = chooseAnnotated([...many('error', 9), ...many('warning', 10), ...many('info', 10)]);
    expect(countOf(chosen)).toEqual([9, 10, 10]);
    expect(rest).toEqual([]);
  });

  test('what is left over is counted by one notice more, in the room of the tenth', () => {
    const { chosen, rest } = chooseAnnotated([...many('error', 11), ...many('warning', 12), ...many('info', 10)]);
    expect(countOf(chosen)).toEqual([9, 10, 9]);
    expect(countOf(rest)).toEqual([2, 2, 1]);
    expect(notesOf(rest)).toEqual(['error 9', 'error 10', 'warning 10', 'warning 11', 'info 9']);
    expect(restAnnotation(rest, 'https://github.example/o/p/actions/runs/1')).toEqual({
      level: 'notice',
      title: 'lintian: 5 more findings',
      message: '2 errors, 2 warnings, 1 notice more are in the summary: https://github.example/o/p/actions/runs/1',
    });
    expect(restAnnotation([], undefined)).toBeUndefined();
    expect(restAnnotation(rest.slice(0, 1), undefined)?.message).toBe('1 error more is in the log and in the summary');
  });

  test('20,000 findings are chosen from as well', () => {
    const { chosen, rest } = chooseAnnotated(rankShown(many('warning', 20_000)));
    expect([chosen.length, rest.length]).toEqual([10, 19_990]);
  });
});

test('an annotation stands at the place of its finding, with what the tag means', () => {
  const location = locationOf('debian/control:3', { place: { file: 'pkg/debian/control', line: 3 }, exact: true });
  const explanations = new Map([['some-tag', { meaning: 'Something.', references: [] }]]);
  expect(annotationOf(placed('', 'info', { location }), explanations)).toEqual({
    level: 'notice',
    title: 'lintian: some-tag',
    message: expect.stringMatching(/^in hello\ninfo\n\nSomething\.\n/),
    file: 'pkg/debian/control',
    line: 3,
  });
});
