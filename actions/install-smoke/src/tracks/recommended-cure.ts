import { inertLine } from '@release-kit/action';
import { isFailure, type Problem } from '../problem.ts';
import type { TrackResult } from '../target.ts';
import { recommendedTrackName } from './further-tracks.ts';

/**
 * The tracks, where a unit is down with what the packages depend on, and up with what they recommend: then what it lacks is known, and said
 * instead of the usual cure. Debian Policy 7.2: without a recommended package a program works.
 */
export function withRecommendedCure(tracks: readonly TrackResult[]): readonly TrackResult[] {
  const recommended = tracks.find(({ name }) => name === recommendedTrackName);
  if (recommended === undefined) return tracks;
  const blamed = new Set(recommended.problems.map(unitOf));
  const up = new Set(recommended.units.flatMap(({ unit, outcome }) => (outcome === 'up' && !blamed.has(unit) ? [unit] : [])));
  const cured = (problem: Problem): Problem => {
    const unit = unitOf(problem);
    if (!isFailure(problem) || unit === undefined || !up.has(unit)) return problem;
    const needs = 'Let the package depend on what it cannot start without, in debian/control, or do without it.';
    return { ...problem, cure: `With the recommended packages ${inertLine(unit)} is up. ${needs}` };
  };
  return tracks.map((track) => (track.name === 'life cycle' ? { ...track, problems: track.problems.map(cured) } : track));
}

const downCategories: ReadonlySet<string> = new Set(['unit-failed', 'unit-dies', 'unit-slow']);

const unitOf = ({ category, subject }: Problem): string | undefined =>
  subject?.kind === 'unit' && downCategories.has(category) ? subject.unit : undefined;
