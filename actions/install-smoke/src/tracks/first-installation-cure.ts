import { isFailure, type Problem } from '../problem.ts';
import type { TrackResult } from '../target.ts';

/**
 * The tracks, where a check that fails after an upgrade, and on a first installation just as well, is not put down to the upgrade: nobody
 * should look for state that was never lost.
 */
export function withFirstInstallationCure(tracks: readonly TrackResult[]): readonly TrackResult[] {
  const first = tracks.find(({ name }) => name === 'life cycle')?.problems.filter(isFailure) ?? [];
  const failing = new Set(first.filter(isPlaced).map(checkOf));
  const cured = (problem: Problem): Problem =>
    problem.category === 'state-broken' && isPlaced(problem) && failing.has(checkOf(problem))
      ? { ...problem, cure: 'It fails on a first installation as well: mend that first.' }
      : problem;
  return tracks.map((track) => (track.name === 'upgrade' ? { ...track, problems: track.problems.map(cured) } : track));
}

const isPlaced = ({ subject, place }: Problem): boolean => subject !== undefined || place !== undefined;

/** The check of a problem, whatever the words and the moment. */
const checkOf = ({ subject, place }: Problem): string => JSON.stringify([subject, place]);
