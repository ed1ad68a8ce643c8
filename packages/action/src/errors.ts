import { type ErrorCode, errorCatalog } from './error-catalog.ts';
import { codeOf, noRoom } from './system-error.ts';

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
  /** Outputs that are known although the run failed, in camelCase as `run` returns them: `{ result: 'failed' }`. */
  readonly outputs?: Readonly<Record<string, string>>;
}

/**
 * Something the user can mend: wrong input, failed check, missing tool.
 * The message states the problem only; the frame adds the action's name, the cure and the link.
 */
export class UserError extends Error {
  readonly code: ErrorCode;
  readonly place: Place | undefined;
  readonly cure: string;
  /** Set by the frame before it ends the step. */
  readonly outputs: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, details: UserErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.name = 'UserError';
    this.code = code;
    this.place = details.place;
    this.cure = details.cure ?? errorCatalog[code].cure;
    this.outputs = details.outputs ?? {};
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

/**
 * The error that a person has to know of: not the failed clean-up that came after it (`await using` wraps the two
 * into a SuppressedError), an interrupt as E_CANCELLED whichever API noticed it, and a full disk as E_HOST wherever it showed.
 */
export function firstErrorOf(error: unknown): unknown {
  if (isObject(error) && 'suppressed' in error && 'error' in error) return firstErrorOf(error.suppressed);
  if (isObject(error) && 'name' in error && error.name === 'AbortError') {
    const cause = 'cause' in error ? error.cause : undefined;
    return cause instanceof UserError ? cause : new UserError('E_CANCELLED', 'interrupted', { cause: error });
  }
  return error instanceof UserError ? error : (fullDisk(error) ?? error);
}

/** undefined: it is something else. */
function fullDisk(error: unknown): UserError | undefined {
  const reason = noRoom[codeOf(error) ?? ''];
  if (reason === undefined) return undefined;
  const file = isObject(error) && 'path' in error && typeof error.path === 'string' ? error.path : 'a file';
  return new UserError('E_HOST', `${file} cannot be written: ${reason}`, {
    cause: error,
    cure: 'Make room there: df tells which disk is full. Then run again.',
  });
}

/** What went wrong afterwards, while cleaning up. */
export function laterErrorsOf(error: unknown): readonly unknown[] {
  return isObject(error) && 'suppressed' in error && 'error' in error
    ? [...laterErrorsOf(error.suppressed), firstErrorOf(error.error)]
    : [];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Exit codes of the command line: findings or failed checks 1, wrong usage or config 2, a bug of ours 3. */
export function exitCodeOf(thrown: unknown): 1 | 2 | 3 | 130 {
  const error = firstErrorOf(thrown);
  if (!(error instanceof UserError)) return 3;
  if (error.code === 'E_CANCELLED') return 130;
  return errorCatalog[error.code].kind === 'usage' ? 2 : 1;
}
