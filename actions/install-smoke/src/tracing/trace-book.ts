import type { PackageManager } from '../package-manager.ts';
import type { ScriptTrace } from './script-trace.ts';

/** Traces that are taken or being taken; the same failure of the same script is traced once in a run, whatever systems and tracks show it. */
export type TraceBook = Map<string, Promise<ScriptTrace | undefined>>;

/** What a track needs to run a failed script again. */
export interface Tracing {
  readonly book: TraceBook;
  /** For the second run: with a shorter limit, as what hangs hangs again. */
  readonly manager: PackageManager;
}
