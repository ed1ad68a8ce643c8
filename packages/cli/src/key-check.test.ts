import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ProgramRun, runIn } from './program-run.test-support.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'key-check-'));
  await run({}, 'key', 'new', '--user-id', 'A \u00e4 <a@example.org>', '--output', 'keys', '--no-passphrase', '--valid-days', '20');
  await run({}, 'key', 'export', 'keys/signing-key.asc', '--revocation', 'keys/signing-key-revocation.asc', '--output', 'revoked');
});
afterAll(() => rm(folder, { recursive: true }));

const run = (env: NodeJS.ProcessEnv, ...args: string[]): Promise<ProgramRun> => runIn({ folder, env }, args);

test('a public key is told part by part, with its near end', async () => {
  const { exitCode, stdout } = await run({}, 'key', 'check', 'keys/signing-key.gpg');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^public key [0-9A-F]{40} of A ä <a@example.org>\n {2}primary key {2}[0-9A-F]{40} {2}Ed25519 {2}certifies/m);
  expect(stdout).toMatch(
    /^ {2}subkey {7}[0-9A-F]{40} {2}Ed25519 {2}signs {6}made \d{4}-\d\d-\d\d {2}expires \d{4}-\d\d-\d\d, in (19|20) days\n/m,
  );
  expect(stdout).toMatch(/apt 2\.6 \(Debian 12\) accepts it; apt 3\.0 \(Debian 13\) accepts it/);
  expect(stdout).toMatch(/The signing subkey [0-9A-F]{40} of the key [0-9A-F]{40} expires on/);
});

test('the secret may come from the environment, and is not shown', async () => {
  const secret = await readFile(join(folder, 'keys/signing-key-secret.txt'), 'utf8');
  const { exitCode, stdout } = await run({ RELEASE_KIT_KEY: secret }, '--json', 'key', 'check');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).result).toMatchObject({
    kind: 'secret key',
    keys: [
      {
        parts: [
          { role: 'primary key', secretPart: 'left out', meantToSign: false },
          { role: 'subkey', secretPart: 'there', meantToSign: true, refusal: null },
        ],
      },
    ],
  });
  expect(stdout).not.toContain(secret.trim());
});

test('a key that signs nothing ends with exit code 1 and says why', async () => {
  const { exitCode, stdout } = await run({}, 'key', 'check', 'revoked/signing-key.asc');
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/ revoked\n[\s\S]*refuses it: the primary key is revoked[\s\S]*E_KEY_CHECK[\s\S]*is revoked[\s\S]*What to do/);
  const { error } = JSON.parse((await run({}, '--json', 'key', 'check', 'revoked/signing-key.asc')).stdout);
  expect(error).toMatchObject({ code: 'E_KEY_CHECK', outputs: { reason: 'E_KEY_REVOKED' } });
});

test.each([
  [['key', 'check'], /E_INPUT[\s\S]*no key to look at/],
  [['key', 'check', 'nowhere'], /E_PATH/],
])('%j is wrong usage', async (args, message) => {
  expect(await run({}, ...args)).toMatchObject({ exitCode: 2, stdout: expect.stringMatching(message) });
});
