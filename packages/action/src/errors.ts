import { type ErrorCode, errorCatalog } from './error-catalog.ts';

export { type ErrorCode, type ErrorEntry, errorCatalog } from './error-catalog.ts';

/** Where in the user's files a mistake is; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

export interface UserErrorDetails {
  readonly place?: Place;
  /** What to do next, when more exact than the catalog's cure. */
  readonly cure?: string;
  readonly cause?: unknown;
}

/**
 * Something the user can mend: wrong input, failed check, missing tool.
 * The message states the problem only; the frame adds the action's name, the cure and the link.
 */
export class UserError extends Error {
  readonly code: ErrorCode;
  readonly place: Place | undefined;
  readonly cure: string;

  constructor(code: ErrorCode, message: string, details: UserErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.name = 'UserError';
    this.code = code;
    this.place = details.place;
    this.cure = details.cure ?? errorCatalog[code].cure;
  }
}

export interface CommandFailure {
  readonly argv: readonly string[];
  /** null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The last lines of both streams in order of arrival, made inert, secrets redacted. */
  readonly lastLines: readonly string[];
}

/** A command that ended otherwise than the caller allows. */
export class CommandError extends UserError {
  readonly failure: CommandFailure;

  constructor(code: ErrorCode, message: string, failure: CommandFailure, details: UserErrorDetails = {}) {
    super(code, message, details);
    this.name = 'CommandError';
    this.failure = failure;
  }
}

/** Exit codes of the command line: findings or failed checks 1, wrong usage or config 2, a bug of ours 3. */
export function exitCodeOf(error: unknown): 1 | 2 | 3 | 130 {
  if (!(error instanceof UserError)) return 3;
  if (error.code === 'E_CANCELLED') return 130;
  return errorCatalog[error.code].kind === 'usage' ? 2 : 1;
}
