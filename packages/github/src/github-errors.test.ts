import { expect, test } from '@jest/globals';
import { UserError } from '@release-kit/action';
import { BrokenAnswer } from './broken-answer.ts';
import { githubError, isUncertain } from './github-errors.ts';

const told = (error: unknown): UserError => {
  const made = githubError(error, 'creating the draft', 'contents: write');
  if (!(made instanceof UserError)) throw new Error('not told');
  return made;
};
const answer = (status: number, message: string, headers: object = {}, method = 'POST') => ({
  status,
  message,
  request: { method },
  response: { headers, data: { message } },
});

const cures = {
  sso: 'Authorize it in Settings > Developer settings > Personal access tokens > Configure SSO, or pass github.token.',
  pulls:
    'Switch on "Allow GitHub Actions to create and approve pull requests" in Settings > Actions > General, or pass the token of an app.',
  burned: 'Choose another tag: the name of a tag that had an immutable release can never be used again.',
  network: 'Run again: what was already done is kept. If it stays so, look at the network and at HTTPS_PROXY and NO_PROXY.',
};

test.each([
  [
    answer(403, 'Resource protected by organization SAML enforcement.', { 'x-github-sso': 'required; url=https://example.org' }),
    'E_TOKEN the organization wants the token to be authorized for single sign-on (403: Resource protected by organization SAML enforcement.)',
    cures.sso,
  ],
  [
    answer(403, 'GitHub Actions is not permitted to create or approve pull requests.'),
    'E_TOKEN the repository does not let workflows open pull requests (403: GitHub Actions is not permitted to create or approve pull requests.)',
    cures.pulls,
  ],
  [
    answer(401, 'Bad credentials'),
    'E_TOKEN GitHub does not accept the token (401: Bad credentials)',
    'Give a token that is valid; the one of a job ends with the job.',
  ],
  [
    answer(422, 'tag_name was used by an immutable release'),
    'E_RELEASE_EXISTS an immutable release is in the way (422: tag_name was used by an immutable release)',
    cures.burned,
  ],
  [
    answer(502, 'Server Error\u001b[31m ::error::x'),
    'E_GITHUB GitHub answered 502: Server Error\\x1b[31m ::error::x',
    'Run again later: what was already done is kept and completed.',
  ],
  [
    { status: 500, message: 'getaddrinfo ENOTFOUND api.example.org', request: { method: 'GET' } },
    'E_GITHUB GitHub did not answer (getaddrinfo ENOTFOUND api.example.org)',
    cures.network,
  ],
  [
    { status: 500, message: 'self-signed certificate', request: { method: 'GET' } },
    'E_GITHUB GitHub did not answer (self-signed certificate)',
    'Make the certificate known to Node (NODE_EXTRA_CA_CERTS), or mend GITHUB_API_URL.',
  ],
  [
    { ...answer(403, '<html>Blocked</html>'), response: { headers: {}, data: '<html>Blocked</html>' } },
    "E_GITHUB the answer 403 is none of GitHub's (<html>Blocked</html>)",
    'Run again. If it stays so, look at what is between here and GitHub: HTTPS_PROXY, NO_PROXY, GITHUB_API_URL.',
  ],
  [
    new BrokenAnswer('200 with text/html', 'GET'),
    "E_GITHUB GitHub's answer cannot be used (200 with text/html)",
    'Run again later: what was already done is kept and completed.',
  ],
])('%j is told with its cure', (error, words, cure) => {
  const made = told(error);
  expect(`${made.code} ${made.message}`).toBe(`${words} while creating the draft`);
  expect(made.cure).toBe(cure);
});

test.each([
  [true, answer(502, 'x')],
  [true, { status: 500, message: 'other side closed', request: { method: 'POST' } }],
  [true, { ...answer(422, ''), response: { headers: {}, data: '' } }],
  [true, new BrokenAnswer('204 with nothing', 'PATCH')],
  [false, answer(502, 'x', {}, 'GET')],
  [false, new BrokenAnswer('x', 'GET')],
  [false, answer(422, 'x')],
  [false, answer(403, 'x')],
])('whether a change was made is unknown: %s', (expected, error) => {
  expect(isUncertain(told(error))).toBe(expected);
});
