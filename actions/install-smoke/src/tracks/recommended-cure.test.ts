import { expect, test } from '@jest/globals';
import type { Problem } from '../problem.ts';
import type { TrackResult } from '../target.ts';
import { withRecommendedCure } from './recommended-cure.ts';
import { nothingSeen } from './track.ts';

const down = (unit: string): Problem => ({ category: 'unit-dies', message: `${unit} ended by itself`, subject: { kind: 'unit', unit } });
const track = (name: string, given: Partial<TrackResult>): TrackResult => ({
  ...{ name, outcome: 'passed', steps: [], problems: [], figures: {}, previousFigures: {} },
  ...nothingSeen,
  ...given,
});
const invalid: Problem = { category: 'unit-invalid', message: 'x', subject: { kind: 'unit', unit: 'a.service' } };
const first = track('life cycle', { outcome: 'failed', problems: [down('a.service'), down('b.service'), invalid] });

test('a unit that is up with the recommended packages only lacks one of them; other problems keep their cure', () => {
  const more = track('with recommended packages', { units: [{ unit: 'a.service', outcome: 'up' }], problems: [down('b.service')] });
  const [told] = withRecommendedCure([first, more]);
  expect(told?.problems.map(({ cure }) => cure)).toEqual([
    'With the recommended packages a.service is up. Let the package depend on what it cannot start without, in debian/control, or do without it.',
    undefined,
    undefined,
  ]);
});

test('one that dies later with them as well has another reason; so has one where they were not tried', () => {
  const later = track('with recommended packages', { units: [{ unit: 'a.service', outcome: 'up' }], problems: [down('a.service')] });
  expect(withRecommendedCure([first, later])).toEqual([first, later]);
  expect(withRecommendedCure([first])).toEqual([first]);
});
