import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import type { Host } from '@release-kit/action';
import type { RemoteKeyPair } from '@release-kit/openpgp';

/** A PKCS#11 token in software (SoftHSM): keys are made in it and cannot be read out of it. */
export interface SoftToken {
  /** Makes a key pair; its signer is the program of our README. */
  keyPair(kind: TokenKind): Promise<RemoteKeyPair>;
  /** Variables that `command` needs, as a job would have them. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Names of `pkcs11-tool --key-type`. */
const kinds = { rsa3072: 'rsa:3072', rsa4096: 'rsa:4096', p256: 'EC:prime256v1', ed25519: 'EC:edwards25519' } as const;
export type TokenKind = keyof typeof kinds;

const module = '/usr/lib/softhsm/libsofthsm2.so';
const able = existsSync(module) && existsSync('/usr/bin/pkcs11-tool');

/** `describe` for tests with a token: skipped where SoftHSM or OpenSC are missing, but never in CI. */
export const describeWithToken: (name: string, body: () => void) => void = able || process.env['CI'] ? describe : describe.skip;

/** As in the README of sign-artifacts. */
const script = `#!/bin/sh
case $RELEASE_KIT_ALGORITHM in rsa) mechanism=RSA-PKCS ;; ecdsa) mechanism=ECDSA ;; ed25519) mechanism=EDDSA ;; esac
exec pkcs11-tool --module "$PKCS11_MODULE" --login --pin env:PIN --id "$1" --sign --mechanism $mechanism \\
  --input-file "$RELEASE_KIT_BARE_FILE"
`;

/** The signer is `sign-by-token` in the workspace. */
export async function softToken(host: Host): Promise<SoftToken> {
  const { workspace } = host.files;
  const tokens = join(workspace, 'tokens');
  await mkdir(tokens);
  const settings = join(workspace, 'softhsm2.conf');
  await writeFile(settings, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  await writeFile(join(workspace, 'sign-by-token'), script);
  await chmod(join(workspace, 'sign-by-token'), 0o755);
  const environment = { SOFTHSM2_CONF: settings, PKCS11_MODULE: module, PIN: 'pin of the token' };
  const tool = async (...args: readonly string[]): Promise<string> =>
    (await host.exec(['pkcs11-tool', '--module', module, '--login', '--pin', 'env:PIN', ...args], { env: environment })).stdout;
  await host.exec(
    ['softhsm2-util', '--init-token', '--free', '--label', 'release', '--so-pin', 'pin of its officer', '--pin', environment.PIN],
    {
      env: environment,
    },
  );
  let made = 0;
  return {
    environment,
    async keyPair(kind) {
      made += 1;
      const id = `0${made}`;
      const said = await tool('--keypairgen', '--key-type', kinds[kind], '--id', id, '--label', kind);
      const publicKey = kind === 'ed25519' ? edwardsPem(said) : await exported(id);
      return { publicKey, signer: { command: ['./sign-by-token', id], timeout: 60_000, environment }, expires: undefined };
    },
  };
  async function exported(id: string): Promise<string> {
    const der = join(workspace, `${id}.der`);
    await tool('--read-object', '--type', 'pubkey', '--id', id, '--output-file', der);
    return (await host.exec(['openssl', 'pkey', '-pubin', '-inform', 'DER', '-in', der])).stdout;
  }
}

/** OpenSC 0.23 prints the point of an Edwards curve, as a DER string or bare, but writes it in a form of its own. RFC 8410, section 4. */
function edwardsPem(said: string): string {
  const point = /EC_POINT:\s+(?:0420)?([0-9a-f]{64})$/m.exec(said)?.[1];
  if (point === undefined) throw new Error(`pkcs11-tool prints no point of an Edwards curve:\n${said}`);
  const der = Buffer.from(`302a300506032b6570032100${point}`, 'hex');
  return `-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----\n`;
}
