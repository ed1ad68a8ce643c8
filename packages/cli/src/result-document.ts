import { type Annotation, firstErrorOf, reportError, UserError } from '@release-kit/action';
import type { StepRecord } from './record.ts';

export type Ended = { readonly result: Readonly<Record<string, unknown>> } | { readonly error: unknown };

export interface JobResult {
  readonly name: string;
  readonly exitCode: number;
  readonly seconds: number;
  readonly steps: readonly StepRecord[];
  readonly annotations: readonly Annotation[];
  /** By name. */
  readonly reports: Readonly<Record<string, unknown>>;
  readonly ended: Ended;
}

/** What `--json` prints: how it ended, each step with its outputs, every annotation, reports of steps, and the error with place and cure. */
export function resultDocument({ name, exitCode, seconds, steps, annotations, reports, ended }: JobResult): object {
  const outcome = 'error' in ended ? { error: errorDocument(ended.error) } : { result: ended.result };
  return { command: name, exitCode, seconds, steps, annotations, ...reports, ...outcome };
}

function errorDocument(thrown: unknown): object {
  const error = firstErrorOf(thrown);
  const { code, headline, details } = reportError(error);
  const known = error instanceof UserError ? { place: error.place, cure: error.cure, outputs: error.outputs } : {};
  return { code, message: headline, details, ...known };
}
