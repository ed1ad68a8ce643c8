import type { PreviousRelease } from '@release-kit/config';
import type { AnswerFile } from '../answers/answer-file.ts';
import { autopkgtest } from '../testers/autopkgtest.ts';
import { piuparts } from '../testers/piuparts.ts';
import type { Tester } from '../testers/tester.ts';
import { besideTrack, preseededTrack, recommendsTrack } from './further-tracks.ts';
import { lifeCycle } from './life-cycle.ts';
import type { Ground, Track } from './track.ts';

/** A track of a target, or why there is none of that name. */
export type PlannedTrack =
  | { readonly kind: 'track'; readonly track: Track }
  /** From the release before this one. */
  | { readonly kind: 'upgrade'; readonly previous: PreviousRelease }
  /** Another program's way of trying packages. */
  | { readonly kind: 'tester'; readonly tester: Tester }
  /** Asked for, and cannot be. `reason`: one line. */
  | { readonly kind: 'skipped'; readonly name: string; readonly reason: string };

/** What the source tree says. */
export interface TrackFacts {
  /** It has debian/tests. */
  readonly hasTests: boolean;
  /** What `smoke.preseed` names. */
  readonly answers: AnswerFile | undefined;
}

/** What is tried on a target, in the order of the reports: the life cycle first, and what the configuration asks for. */
export function tracksOf(ground: Ground, facts: TrackFacts): readonly PlannedTrack[] {
  const { smoke } = ground.config;
  return [
    { kind: 'track', track: lifeCycle(ground) },
    ...(smoke.recommends ? [{ kind: 'track', track: recommendsTrack(ground) } as const] : []),
    ...smoke.beside.map((packages) => ({ kind: 'track', track: besideTrack(ground, packages) }) as const),
    ...(facts.answers === undefined ? [] : [{ kind: 'track', track: preseededTrack(ground, facts.answers) } as const]),
    ...(smoke.previous === undefined ? [] : [{ kind: 'upgrade', previous: smoke.previous } as const]),
    ...(smoke.autopkgtest && facts.hasTests ? [{ kind: 'tester', tester: autopkgtest } as const] : []),
    ...(smoke.piuparts ? [{ kind: 'tester', tester: piuparts } as const] : []),
  ];
}
