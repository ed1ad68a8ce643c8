import { inertLine, UserError } from '@release-kit/action';
import { BrokenAnswer } from './broken-answer.ts';
import { field } from './field.ts';
import { acceptedPermissions, grantOf, missingPermission, permissionCure } from './permission-advice.ts';

interface Answer {
  readonly status: number;
  readonly message: string;
  /** undefined when no answer came. */
  readonly headers: unknown;
  readonly answered: boolean;
  /** Whether the body was JSON; a page of a proxy is not, nor what was cut off. */
  readonly readable: boolean;
  /** Codes of GitHub's own list of errors, when the body was JSON. */
  readonly codes: readonly string[];
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
  const words = inertLine(answer.message).slice(0, 500);
  if (error instanceof BrokenAnswer)
    return new UserError('E_GITHUB', `GitHub's answer cannot be used (${words}) while ${doing}`, { cause: error });
  if (!answer.answered) return unanswered(error, words, doing);
  if (!answer.readable && answer.status < 500)
    return new UserError('E_GITHUB', `the answer ${answer.status} is none of GitHub's (${words.slice(0, 100)}) while ${doing}`, {
      cause: error,
      cure: 'Run again. If it stays so, look at what is between here and GitHub: HTTPS_PROXY, NO_PROXY, GITHUB_API_URL.',
    });
  const told = { error, answer, said: `${answer.status}: ${words}`, doing };
  return (
    refusedToken(told, permission) ??
    refusedContent(told) ??
    new UserError('E_GITHUB', `GitHub answered ${told.said} while ${doing}`, { cause: error })
  );
}

interface Told {
  readonly error: unknown;
  readonly answer: Answer;
  readonly said: string;
  readonly doing: string;
}

function unanswered(error: unknown, words: string, doing: string): UserError {
  const cure = /certificate/i.test(words)
    ? 'Make the certificate known to Node (NODE_EXTRA_CA_CERTS), or mend GITHUB_API_URL.'
    : 'Run again: what was already done is kept. If it stays so, look at the network and at HTTPS_PROXY and NO_PROXY.';
  return new UserError('E_GITHUB', `GitHub did not answer (${words}) while ${doing}`, { cause: error, cure });
}

function refusedToken({ error, answer: { status, message, headers }, said, doing }: Told, permission: string): UserError | undefined {
  if (status === 401)
    return new UserError('E_TOKEN', `GitHub does not accept the token (${said}) while ${doing}`, {
      cause: error,
      cure: 'Give a token that is valid; the one of a job ends with the job.',
    });
  if (status === 403 && /not permitted to create or approve pull requests/i.test(message))
    return new UserError('E_TOKEN', `the repository does not let workflows open pull requests (${said}) while ${doing}`, {
      cause: error,
      cure: 'Switch on "Allow GitHub Actions to create and approve pull requests" in Settings > Actions > General, or pass the token of an app.',
    });
  if (status === 403 && field(headers, 'x-github-sso') !== undefined)
    return new UserError('E_TOKEN', `the organization wants the token to be authorized for single sign-on (${said}) while ${doing}`, {
      cause: error,
      cure: 'Authorize it in Settings > Developer settings > Personal access tokens > Configure SSO, or pass github.token.',
    });
  if (status === 403) {
    const missing = missingPermission(permission, acceptedPermissions(field(headers, 'x-accepted-github-permissions')));
    return new UserError('E_TOKEN', `the token lacks the permission ${missing} (${said}) while ${doing}`, {
      cause: error,
      cure: permissionCure(missing, message),
    });
  }
  if (status === 404)
    return new UserError('E_TOKEN', `the repository cannot be found with this token (${said}) while ${doing}`, {
      cause: error,
      cure: `Check the name of the repository, and ${grantOf(permission)}`,
    });
  return undefined;
}

function refusedContent({ error, answer: { status, message, codes }, said, doing }: Told): UserError | undefined {
  if (status === 422 && /immutable/.test(message))
    return new UserError('E_RELEASE_EXISTS', `an immutable release is in the way (${said}) while ${doing}`, {
      cause: error,
      cure: 'Choose another tag: the name of a tag that had an immutable release can never be used again.',
    });
  if (status === 422 && codes.includes('already_exists'))
    return new UserError('E_ASSET_CONFLICT', `GitHub has it already (${said}) while ${doing}`, { cause: error });
  return undefined;
}

/** True of a change that may have been made or not: its answer was 500 or above, could not be read or used, or never came. */
export function isUncertain(error: unknown): boolean {
  if (!(error instanceof UserError) || error.code !== 'E_GITHUB') return false;
  const answer = answerOf(error.cause);
  const isUnclear = answer !== undefined && (answer.status >= 500 || (answer.status === 422 && !answer.readable));
  return isUnclear && field(field(error.cause, 'request'), 'method') !== 'GET';
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
  const data = field(response, 'data');
  const errors = field(data, 'errors');
  const codes = Array.isArray(errors)
    ? errors.flatMap((one: unknown) => (typeof field(one, 'code') === 'string' ? [String(field(one, 'code'))] : []))
    : [];
  return {
    status,
    message,
    headers: field(response, 'headers'),
    answered: response !== undefined,
    readable: typeof data === 'object' && data !== null,
    codes,
  };
}
