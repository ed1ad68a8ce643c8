import type { Step } from '../steps.ts';
import type { Outcome, TargetResult, TrackResult } from '../target.ts';

/** What a target did at a step; undefined where it did not come to it. */
export type Cell = Pick<Step, 'result' | 'milliseconds'> | undefined;

export interface MatrixRow {
  readonly step: string;
  /** One for each target, in their order. */
  readonly cells: readonly Cell[];
}

/** The steps of one track on all targets. */
export interface MatrixPart {
  readonly track: string;
  /** One for each target; undefined where the target has no such track. */
  readonly outcomes: readonly (Outcome | undefined)[];
  /** Milliseconds of all steps, one for each target. */
  readonly times: readonly number[];
  readonly rows: readonly MatrixRow[];
}

/** Tracks and steps against targets, each in the order in which they come first; a step that only some targets have stands behind the one it follows there. */
export function matrixOf(results: readonly TargetResult[]): readonly MatrixPart[] {
  const names = mergeOrders(results.map(({ tracks }) => tracks.map(({ name }) => name)));
  return names.map((track) => partOf(track, results));
}

function partOf(track: string, results: readonly TargetResult[]): MatrixPart {
  const own = results.map(({ tracks }) => tracks.find(({ name }) => name === track));
  const steps = mergeOrders(own.map((each) => each?.steps.map(({ name }) => name) ?? []));
  return {
    track,
    outcomes: own.map((each) => each?.outcome),
    times: own.map((each) => sumOf(each)),
    rows: steps.map((step) => ({ step, cells: own.map((each) => each?.steps.find(({ name }) => name === step)) })),
  };
}

function sumOf(track: TrackResult | undefined): number {
  return (track?.steps ?? []).reduce((sum, { milliseconds }) => sum + milliseconds, 0);
}

function mergeOrders(orders: readonly (readonly string[])[]): readonly string[] {
  const merged: string[] = [];
  for (const order of orders) {
    let at = 0;
    for (const name of order) {
      const known = merged.indexOf(name);
      if (known < 0) merged.splice(at, 0, name);
      at = (known < 0 ? at : known) + 1;
    }
  }
  return merged;
}
