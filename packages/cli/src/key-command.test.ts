import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readSigningKey } from '@release-kit/openpgp';
import { type ProgramRun, runIn } from './program-run.test-support.ts';

const passphrase = 'correct horse "battery" $taple';
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'key-command-'));
  expect(await run('key', 'new', '--user-id', 'A Person <a@example.org>', '--output', 'keys')).toMatchObject({ exitCode: 0 });
});
afterAll(() => rm(folder, { recursive: true }));

const runOn = (isTTY: boolean, ...args: string[]): Promise<ProgramRun> =>
  runIn({ folder, isTTY, env: { RELEASE_KIT_PASSPHRASE: passphrase } }, args);

const run = (...args: string[]): ReturnType<typeof runOn> => runOn(false, ...args);
const read = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');
const soon = (): number => Date.now() + 2000;

describe('key new', () => {
  test('writes all forms, and the secret signs by the passphrase that was given', async () => {
    const names = ['-offline.asc', '-revocation.asc', '-secret.txt', '.asc', '.gpg'].map((end) => `signing-key${end}`);
    expect(await readdir(join(folder, 'keys'))).toEqual(names);
    const key = await readSigningKey(await read('keys/signing-key-secret.txt'), passphrase, soon());
    expect(key).toMatchObject({ algorithm: 'Ed25519', userId: 'A Person <a@example.org>', warnings: [] });
  });

  test('says what each file is for, and nothing that is secret', async () => {
    const { exitCode, stdout, stderr } = await run(
      '--json',
      '-v',
      'key',
      'new',
      '--user-id',
      'B',
      '--output',
      'other',
      '--name',
      'archive',
    );
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/archive-offline.asc: the whole key: keep it where there is no network/);
    const { result } = JSON.parse(stdout);
    expect(result).toMatchObject({
      fingerprint: expect.stringMatching(/^[0-9A-F]{40}$/),
      expires: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    });
    const secrets = [
      passphrase,
      (await read('other/archive-secret.txt')).trim(),
      ...(await read('other/archive-offline.asc')).split('\n').slice(2, -3),
    ];
    for (const secret of secrets) expect(`${stdout}${stderr}`).not.toContain(secret);
  });

  test('never overwrites a key', async () => {
    const before = await read('keys/signing-key-offline.asc');
    const { exitCode, stdout } = await run('key', 'new', '--user-id', 'C', '--output', 'keys');
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 2, stdout: expect.stringMatching(/E_PATH[\s\S]*never overwritten/) });
    expect(await read('keys/signing-key-offline.asc')).toBe(before);
  });

  test('in the place of another one publishes both, and tells the days of the change', async () => {
    const args = ['--user-id', 'New', '--output', 'next', '--replaces', 'keys/signing-key.gpg'];
    const { exitCode, stdout } = await run('--json', 'key', 'new', ...args);
    expect(exitCode).toBe(0);
    const { result } = JSON.parse(stdout);
    expect(result.phases.map(({ name }: { name: string }) => name)).toEqual(['announce', 'overlap', 'new key only', 'old key gone']);
    const older = await readFile(join(folder, 'keys/signing-key.gpg'));
    expect((await readFile(join(folder, 'next/signing-key.gpg'))).subarray(0, older.length).equals(older)).toBe(true);
  });

  test.each([
    [['--user-id', '<x>'], /E_INPUT[\s\S]*user id/],
    [['--user-id', 'A', '--valid-days', '1000'], /E_INPUT[\s\S]*from 1 to 730/],
    [['--user-id', 'A', '--name', '../x'], /E_INPUT[\s\S]*--name/],
  ])('%j is wrong usage', async (args, message) => {
    expect(await run('key', 'new', '--output', 'wrong', ...args)).toMatchObject({ exitCode: 2, stdout: expect.stringMatching(message) });
  });
});

describe('key rotate', () => {
  test('adds a subkey, whose secret form signs by it alone, and one that signs by the old subkey and announces the new one', async () => {
    const { exitCode, stdout } = await run('--json', 'key', 'rotate', 'keys/signing-key-offline.asc', '--output', 'rotated');
    expect(exitCode).toBe(0);
    const { fingerprint, signingFingerprint, phases } = JSON.parse(stdout).result;
    const [before, after] = await Promise.all(
      ['keys', 'rotated'].map(async (place) => readSigningKey(await read(`${place}/signing-key-secret.txt`), passphrase, soon())),
    );
    expect(after).toMatchObject({ fingerprint, signingFingerprint });
    expect(after?.fingerprint).toBe(before?.fingerprint);
    expect(after?.signingFingerprint).not.toBe(before?.signingFingerprint);
    expect(phases).toHaveLength(4);
    const announcing = await readSigningKey(await read('rotated/signing-key-old-secret.txt'), passphrase, soon());
    expect(announcing.signingFingerprint).toBe(before?.signingFingerprint);
    await run('key', 'export', 'rotated/signing-key-old-secret.txt', '--output', 'announced');
    expect(await read('announced/signing-key.asc')).toBe(await read('rotated/signing-key.asc'));
  });

  test('revokes a subkey that is not safe any more', async () => {
    const { signingFingerprint } = await readSigningKey(await read('keys/signing-key-secret.txt'), passphrase, soon());
    const args = ['keys/signing-key-offline.asc', '--output', 'emergency', '--revoke', signingFingerprint];
    const { exitCode, stdout } = await run('key', 'rotate', ...args);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/is revoked: publish/) });
    // The new certificate says so, and the whole key still signs, by the new subkey.
    const whole = await readSigningKey(await read('emergency/signing-key-offline.asc'), passphrase, soon());
    expect(whole.signingFingerprint).not.toBe(signingFingerprint);
  });

  test('of an export of subkeys is refused: it cannot certify', async () => {
    expect(await run('key', 'rotate', 'keys/signing-key-secret.txt', '--output', 'no')).toMatchObject({
      stdout: expect.stringMatching(/E_KEY_UNUSABLE[\s\S]*offline copy/),
    });
  });
});

test('key revoke ends a subkey that was rotated out, and the others sign on', async () => {
  const { signingFingerprint: old } = await readSigningKey(await read('keys/signing-key-secret.txt'), passphrase, soon());
  const { signingFingerprint: next } = await readSigningKey(await read('rotated/signing-key-secret.txt'), passphrase, soon());
  const args = ['rotated/signing-key-offline.asc', '--subkey', old.replace(/(.{4})/g, '$1 '), '--output', 'retired'];
  expect(await run('key', 'revoke', ...args)).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/signs no more/) });
  const whole = await readSigningKey(await read('retired/signing-key-offline.asc'), passphrase, soon());
  expect(whole.signingFingerprint).toBe(next);
  await run('key', 'export', 'retired/signing-key-secret.txt', '--output', 'after');
  expect(await read('after/signing-key.asc')).toBe(await read('retired/signing-key.asc'));
});

describe('key export', () => {
  test('the secret goes into a pipe alone, and the story beside it', async () => {
    const { exitCode, stdout, stderr } = await run('key', 'export', 'keys/signing-key-offline.asc', '--secret');
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: await read('keys/signing-key-secret.txt') });
    expect(stderr).toMatch(/subkey [0-9A-F]{40} is in the secret/);
  });

  test('the secret is not shown on a terminal', async () => {
    const { exitCode, stdout } = await runOn(true, 'key', 'export', 'keys/signing-key-offline.asc', '--secret');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });

  test('the public key is the same from any form', async () => {
    for (const [index, file] of ['signing-key-offline.asc', 'signing-key-secret.txt', 'signing-key.asc', 'signing-key.gpg'].entries()) {
      expect(await run('key', 'export', `keys/${file}`, '--output', `public-${index}`)).toMatchObject({ exitCode: 0 });
      expect(await read(`public-${index}/signing-key.asc`)).toBe(await read('keys/signing-key.asc'));
    }
  });

  test('a revocation certificate goes into the public key', async () => {
    const args = ['keys/signing-key.asc', '--revocation', 'keys/signing-key-revocation.asc', '--output', 'revoked'];
    expect(await run('key', 'export', ...args)).toMatchObject({ exitCode: 0 });
    expect((await readFile(join(folder, 'revoked/signing-key.gpg'))).length).toBeGreaterThan(
      (await readFile(join(folder, 'keys/signing-key.gpg'))).length,
    );
  });
});
