import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type HurriedClock, hurriedClock, type RecordingHost, recordingHost } from '@release-kit/action';
import { type SarifUpload, uploadSarif } from '@release-kit/github';
import { countsOf, type FakeGitHub, scriptOf, startFakeGitHub } from '@release-kit/github-stand-in';

let clock: HurriedClock;
let github: FakeGitHub;
let host: RecordingHost;

beforeEach(async () => {
  clock = hurriedClock();
  github = await startFakeGitHub({ now: clock.now });
  host = await recordingHost({ env: { GITHUB_API_URL: github.url }, clock });
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
  expect([github.violations, github.impatient]).toEqual([[], 0]);
});

const document = { version: '2.1.0', runs: [] };
const upload = (change: Partial<SarifUpload> = {}) =>
  uploadSarif(
    host,
    { repository: github.repository, token: 'ghs_0123456789abcdef' },
    { commit: 'c'.repeat(40), ref: 'refs/heads/main', sarif: JSON.stringify(document), ...change },
  );

test('findings arrive as they are, and are waited for until GitHub has looked at them', async () => {
  expect(await upload()).toBe('complete');
  expect(github.sarifs).toMatchObject([{ commit: 'c'.repeat(40), ref: 'refs/heads/main', document, errors: [] }]);
  expect(countsOf(github.calls)).toEqual({ 'code-scanning/get-sarif': 2, 'code-scanning/upload-sarif': 1 });
});

test('what GitHub finds wrong with them is told', async () => {
  await expect(upload({ sarif: '{"version": "1.0", "runs": []}' })).rejects.toThrowWithCode(
    'E_GITHUB',
    /refuses the findings: SARIF has to be/,
  );
});

test('who would have to wait for long goes on', async () => {
  github.lostReply = ({ operation }) =>
    operation === 'code-scanning/get-sarif' ? { status: 200, body: { processing_status: 'pending' } } : undefined;
  expect(await upload()).toBe('pending');
  expect(clock.pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThan(130_000);
});

test.each([
  ['the answer is lost', { reset: 'after' }],
  ['a gateway fails', { answer: { status: 502, body: 'x' } }],
  [
    'a limit is reached',
    { answer: { status: 403, headers: { 'retry-after': '30' }, body: { message: 'You have exceeded a secondary rate limit' } } },
  ],
] as const)('G5 G10 they are sent again when %s', async (_, fault) => {
  github.script = scriptOf([{ operation: 'code-scanning/upload-sarif', nth: 1, ...fault }]);
  expect(await upload()).toBe('complete');
});

test('more than GitHub takes is refused before it is sent', async () => {
  const noise = randomBytes(11 * 1024 ** 2).toString('base64');
  await expect(upload({ sarif: noise })).rejects.toThrowWithCode('E_INPUT', /code scanning takes 10485760/);
  expect(github.calls).toEqual([]);
});

test('a token without security-events: write is told so', async () => {
  github.tokens.set('ghs_0123456789abcdef', { permissions: { contents: 'write' } });
  await expect(upload()).rejects.toThrowWithCode('E_TOKEN', /lacks the permission security-events: write/);
});
