import { inertLine, UserError } from '@release-kit/action';
import { field } from './field.ts';

interface Answer {
  readonly status: number;
  readonly message: string;
  /** GitHub's own sentence and list of errors, when the body was JSON. */
  readonly codes: readonly string[];
  readonly limited: boolean;
}

/**
 * Turns what the client throws into words and a code; `doing` completes "while …". Errors of ours pass through.
 *
 * @param permission what the token needs for it: `contents: write`
 */
export function githubError(error: unknown, doing: string, permission: string): unknown {
  if (error instanceof UserError) return error;
  const answer = answerOf(error);
  if (answer === undefined) return error;
  const said = `${answer.status}: ${inertLine(answer.message).slice(0, 500)}`;
  if (answer.status === 401)
    return new UserError('E_TOKEN', `GitHub does not accept the token (${said}) while ${doing}`, {
      cause: error,
      cure: 'Give a token that is valid; the one of a job ends with the job.',
    });
  if (answer.limited)
    return new UserError('E_GITHUB', `GitHub's rate limit is used up (${said}) while ${doing}`, {
      cause: error,
      cure: 'Run again when the limit is reset: what was already done is kept.',
    });
  if (answer.status === 403 && /not permitted to create or approve pull requests/i.test(answer.message))
    return new UserError('E_TOKEN', `the repository does not let workflows open pull requests (${said}) while ${doing}`, {
      cause: error,
      cure: 'Switch on "Allow GitHub Actions to create and approve pull requests" in Settings > Actions > General, or pass the token of an app.',
    });
  if (answer.status === 403)
    return new UserError('E_TOKEN', `the token lacks the permission ${permission} (${said}) while ${doing}`, { cause: error });
  if (answer.status === 404)
    return new UserError('E_TOKEN', `the repository cannot be found with this token (${said}) while ${doing}`, {
      cause: error,
      cure: `Check the name of the repository, and give the job the permission ${permission}.`,
    });
  if (answer.status === 422 && /immutable/.test(answer.message))
    return new UserError('E_RELEASE_EXISTS', `an immutable release is in the way (${said}) while ${doing}`, {
      cause: error,
      cure: 'Choose another tag: the name of a tag that had an immutable release can never be used again.',
    });
  if (answer.status === 422 && answer.codes.includes('already_exists'))
    return new UserError('E_ASSET_CONFLICT', `GitHub has it already (${said}) while ${doing}`, { cause: error });
  return new UserError('E_GITHUB', `GitHub answered ${said} while ${doing}`, { cause: error });
}

/** True for what may be gone a second later: an answer of 500 and above, or none at all (which Octokit calls 500). */
export function isTransient(error: unknown): boolean {
  const answer = error instanceof UserError && error.code === 'E_GITHUB' ? answerOf(error.cause) : undefined;
  return answer !== undefined && answer.status >= 500;
}

/** True when there is no such thing, or none that the token may see. */
export function isMissing(error: unknown): boolean {
  return error instanceof UserError && answerOf(error.cause)?.status === 404;
}

/** True when another run has just made what this one was about to make: a branch, or a pull request. */
export function isTaken(error: unknown): boolean {
  const answer = error instanceof UserError ? answerOf(error.cause) : undefined;
  return answer !== undefined && answer.status === 422 && /already exists/i.test(answer.message);
}

/** Octokit's RequestError, read as foreign data. */
function answerOf(error: unknown): Answer | undefined {
  const status = field(error, 'status');
  const message = field(error, 'message');
  if (typeof status !== 'number' || typeof message !== 'string') return undefined;
  const response = field(error, 'response');
  const headers = field(response, 'headers');
  const errors = field(field(response, 'data'), 'errors');
  const codes = Array.isArray(errors)
    ? errors.flatMap((one: unknown) => (typeof field(one, 'code') === 'string' ? [String(field(one, 'code'))] : []))
    : [];
  const limited =
    status === 429 ||
    (status === 403 &&
      (field(headers, 'x-ratelimit-remaining') === '0' || field(headers, 'retry-after') !== undefined || /rate limit/i.test(message)));
  return { status, message, codes, limited };
}
