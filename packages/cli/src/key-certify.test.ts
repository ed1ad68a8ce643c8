import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { runIn } from './program-run.test-support.ts';

let folder = '';
let fingerprint = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'key-certify-'));
  await using host = await recordingHost({ workspace: folder });
  for (const name of ['token', 'other']) {
    await host.exec(['openssl', 'genpkey', '-algorithm', 'ED25519', '-out', `${name}.key`]);
    await host.exec(['openssl', 'pkey', '-in', `${name}.key`, '-pubout', '-out', `${name}.pem`]);
  }
  await writeFile(join(folder, 'sign'), '#!/bin/sh\n[ -n "$PIN" ] && exec openssl pkeyutl -sign -inkey "$1" -rawin -in /dev/stdin\n');
  await chmod(join(folder, 'sign'), 0o755);
  ({ fingerprint } = (await run('token.pem', '--user-id', 'A <a@example.org>', '--output', 'keys', '--valid-days', '10')).result);
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...args: string[]) {
  const signer = args.includes('--signer') ? [] : ['--signer', './sign', 'token.key'];
  const words = ['--json', 'key', 'certify', ...args, ...signer, '--signer-environment', 'PIN'];
  const ended = await runIn({ folder, env: { PIN: 'secret pin', RELEASE_KIT_PASSPHRASE: 'pass' } }, words);
  const document = ended.stdout === '' ? {} : JSON.parse(ended.stdout);
  return { ...ended, code: document.error?.code, result: document.result };
}

async function listing(file: string): Promise<string> {
  await using host = await recordingHost({ workspace: folder });
  const { stdout } = await host.exec(['gpg', '--homedir', folder, '--batch', '--with-colons', '--show-keys', file]);
  return stdout;
}

describe('key certify', () => {
  test('makes a certificate that gpg reads, in both forms, and one to revoke it', async () => {
    expect(await readdir(join(folder, 'keys'))).toEqual(['signing-key-revocation.asc', 'signing-key.asc', 'signing-key.gpg']);
    expect(await listing('keys/signing-key.gpg')).toContain(`:${fingerprint}:`);
    expect(await readFile(join(folder, 'keys/signing-key.asc'), 'utf8')).toMatch(/^-----BEGIN PGP PUBLIC KEY BLOCK-----\n/);
  });

  test('renews one: a later end, the same fingerprint and user id', async () => {
    const { result } = await run('token.pem', '--renews', 'keys/signing-key.asc', '--output', 'later', '--valid-days', '700');
    expect(result.fingerprint).toBe(fingerprint);
    const ends = async (file: string) => Number(/^pub:(?:[^:]*:){5}(\d+):/m.exec(await listing(file))?.[1]);
    expect((await ends('later/signing-key.gpg')) - (await ends('keys/signing-key.gpg'))).toBeGreaterThan(680 * 86_400);
    expect(await listing('later/signing-key.gpg')).toContain('A <a@example.org>');
  });

  test('makes it a subkey of a key in a file', async () => {
    const locked = { folder, env: { RELEASE_KIT_PASSPHRASE: 'pass' } };
    const words = ['key', 'new', '--user-id', 'B', '--output', 'offline'];
    expect(await runIn(locked, words)).toMatchObject({ exitCode: 0 });
    const { result } = await run('token.pem', '--primary', 'offline/signing-key-offline.asc', '--output', 'subkey');
    const keys = await listing('subkey/signing-key.gpg');
    expect(keys).toMatch(new RegExp(`:${result.signingFingerprint}:`));
    expect(keys.match(/^sub:/gm)).toHaveLength(2);
    // The offline copy knows it: what is published after later steps still has it.
    const rotate = ['key', 'rotate', 'subkey/signing-key-offline.asc', '--output', 'rotated'];
    expect(await runIn(locked, rotate)).toMatchObject({ exitCode: 0 });
    const later = await listing('rotated/signing-key.gpg');
    expect(later).toContain(`:${result.signingFingerprint}:`);
    expect(later.match(/^sub:/gm)).toHaveLength(3);
  });

  test.each([
    ['nothing says whose key it is', ['token.pem'], 'E_INPUT'],
    ['two things do', ['token.pem', '--user-id', 'A', '--renews', 'keys/signing-key.asc'], 'E_INPUT'],
    ['another key is to be renewed', ['other.pem', '--renews', 'keys/signing-key.asc', '--signer', './sign', 'other.key'], 'E_INPUT'],
    ['the signer has another key', ['other.pem', '--user-id', 'A'], 'E_SIGNATURE'],
    ['the signer refuses', ['token.pem', '--user-id', 'A', '--signer', './sign', 'missing.key'], 'E_SIGNER'],
    ['the public key is none', ['sign', '--user-id', 'A'], 'E_KEY_FORMAT'],
    ['the time is none', ['token.pem', '--user-id', 'A', '--valid-days', '0'], 'E_INPUT'],
  ])('writes nothing when %s', async (_, args, code) => {
    expect(await run(...args, '--output', 'nothing')).toMatchObject({ code });
    expect(await readdir(folder)).not.toContain('nothing');
  });
});
