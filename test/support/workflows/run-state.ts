import { createHash } from 'node:crypto';
import type { ConcurrencyGroups } from './concurrency.ts';
import type { Json, JsonObject } from './json.ts';
import type { Conclusion, JobOutcome } from './outcome.ts';
import type { Permissions } from './permissions.ts';
import type { WorkflowRequest } from './request.ts';
import type { Slots } from './slots.ts';
import type { WorkflowTree } from './workflow-tree.ts';

/** What all jobs of a run share. */
export interface RunState {
  readonly request: WorkflowRequest;
  readonly github: JsonObject;
  readonly runId: number;
  readonly attempt: number;
  readonly slots: Slots;
  readonly groups: ConcurrencyGroups;
  /** The run is cancelled. */
  readonly signal: AbortSignal;
  /** Ends all jobs, because no result can be had. */
  readonly giveUp: () => void;
  /** From a fork: no secrets, reading only. */
  readonly isFork: boolean;
  /** Jobs of the attempt before by their key; empty in the first one. */
  readonly previous: ReadonlyMap<string, JobOutcome>;
}

/** A workflow that is being run: the one that the event started, or a called one. */
export interface Level {
  readonly tree: WorkflowTree;
  readonly inputs: JsonObject;
  readonly secrets: Readonly<Record<string, string>>;
  /** Before the ids and names of its jobs. */
  readonly keyPrefix: string;
  readonly namePrefix: string;
  /** Cancels this workflow's jobs; that of the run, or of the leg of a matrix that called it. */
  readonly signal: AbortSignal;
  /** Groups that are held around it: asking for one of them again waits for ever. */
  readonly heldGroups: readonly string[];
  /** Something before it runs once more in this attempt, so that nothing in it is kept from the attempt before. */
  readonly isAfresh: boolean;
  /** Results of what the call follows, where conditions look through calls. */
  readonly outer: readonly Conclusion[];
}

/** One job to run, or one leg of its matrix. */
export interface Leg {
  readonly key: string;
  readonly name: string;
  readonly matrix: JsonObject | undefined;
  readonly strategy: JsonObject;
  /** `needs` as it sees them. */
  readonly needs: Json;
  readonly permissions: Permissions;
  readonly signal: AbortSignal;
}

/** The token of a job: the same in each run with the same numbers, and of nobody else. */
export function tokenOf({ request, runId, attempt }: RunState, key: string): string {
  const hash = createHash('sha256').update(`${request.repository} ${runId} ${attempt} ${key}`).digest('hex');
  // Letters that spell nothing: the stand-in for GitHub refuses tokens with certain words in them.
  return `ghs_${hash.slice(0, 36).replaceAll(/[a-f]/g, (letter) => 'ghjkmn'['abcdef'.indexOf(letter)] ?? 'x')}`;
}
