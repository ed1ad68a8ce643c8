import { expect, test } from '@jest/globals';
import type { Category } from '../category.ts';
import type { Problem } from '../problem.ts';
import type { TrackResult } from '../target.ts';
import { withFirstInstallationCure } from './first-installation-cure.ts';
import { nothingSeen } from './track.ts';

const at = (line: number, category: Category, level?: 'warning'): Problem => ({
  ...{ category, message: `${category} ${line}`, place: { file: 'release-kit.yml', line } },
  ...(level === undefined ? {} : { level }),
});
const track = (name: string, ...problems: readonly Problem[]): TrackResult => ({
  ...{ name, outcome: 'failed', steps: [], figures: {}, previousFigures: {} },
  ...nothingSeen,
  problems,
});
const curesOf = (...tracks: readonly TrackResult[]) =>
  withFirstInstallationCure(tracks).map(({ problems }) => problems.map(({ cure }) => cure));

test('a check that fails on a first installation as well is not put down to the upgrade', () => {
  const first = track('life cycle', at(7, 'unhealthy'), at(8, 'unhealthy', 'warning'), { category: 'script-failed', message: 'x' });
  const unplaced: Problem = { category: 'state-broken', message: 'y' };
  const upgrade = track('upgrade', at(7, 'state-broken'), at(8, 'state-broken'), at(9, 'state-broken'), at(7, 'state-lost'), unplaced);
  expect(curesOf(first, upgrade)).toEqual([
    [undefined, undefined, undefined],
    ['It fails on a first installation as well: mend that first.', undefined, undefined, undefined, undefined],
  ]);
  expect(curesOf(upgrade)).toEqual([[undefined, undefined, undefined, undefined, undefined]]);
});
