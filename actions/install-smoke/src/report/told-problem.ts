import type { Place } from '@release-kit/action';
import { isFailure, type Problem } from '../problem.ts';
import type { TargetResult } from '../target.ts';

/** A target, and the tracks on it; none: the target as a whole. */
export interface Sighting {
  readonly target: string;
  readonly tracks: readonly string[];
}

/** A problem, told once however many machines show it. */
export interface ToldProblem {
  /** As it was seen first. */
  readonly problem: Problem;
  readonly seen: readonly Sighting[];
}

/**
 * All problems of a run in the order they were found, failures before warnings. Those that say the same of the same place are one: the same package
 * fails in the same way on every system.
 */
export function gatherProblems(results: readonly TargetResult[]): readonly ToldProblem[] {
  const found = new Map<string, { problem: Problem; seen: Map<string, string[]> }>();
  const note = (problem: Problem, target: string, track?: string): void => {
    const key = keyOf(problem);
    const known = found.get(key) ?? { problem, seen: new Map<string, string[]>() };
    found.set(key, known);
    const tracks = known.seen.get(target) ?? [];
    known.seen.set(target, track === undefined || tracks.includes(track) ? tracks : [...tracks, track]);
  };
  for (const { target, problems, tracks } of results) {
    for (const problem of problems) note(problem, target.name);
    for (const track of tracks) for (const problem of track.problems) note(problem, target.name, track.name);
  }
  const told = [...found.values()].map(({ problem, seen }) => ({
    problem,
    seen: [...seen].map(([target, tracks]) => ({ target, tracks })),
  }));
  return [...told.filter(({ problem }) => isFailure(problem)), ...told.filter(({ problem }) => !isFailure(problem))];
}

function keyOf({ category, message, place, level = 'error' }: Problem): string {
  return JSON.stringify([category, level, timeless(message), place?.file ?? null, place?.line ?? null]);
}

/** The same thing is not seen after the same time everywhere. */
function timeless(message: string): string {
  return message.replace(/\b\d+(?:\.\d+)? m?s\b/g, '… s').replace(/\b\d+ times\b/g, '… times');
}

/** `debian:12/amd64 (life cycle, upgrade), debian:13/amd64` */
export function seenText(seen: readonly Sighting[]): string {
  return seen.map(({ target, tracks }) => (tracks.length === 0 ? target : `${target} (${tracks.join(', ')})`)).join(', ');
}

/** `debian/postinst:12`; undefined where there is no place. */
export function placeText(place: Place | undefined): string | undefined {
  if (place === undefined) return undefined;
  return place.line === undefined ? place.file : `${place.file}:${place.line}`;
}
