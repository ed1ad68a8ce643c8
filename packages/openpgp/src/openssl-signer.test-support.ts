import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import type { RemoteKeyPair } from './certificate-making.ts';

/** Arguments of `openssl genpkey`, by name. */
const kinds = {
  rsa3072: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:3072'],
  rsa2048: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'rsa-pss': ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:3072'],
  p256: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  p384: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  p521: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521'],
  secp256k1: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp256k1'],
  ed25519: ['-algorithm', 'ED25519'],
  x25519: ['-algorithm', 'X25519'],
} as const;

export type OpensslKind = keyof typeof kinds;

/** A key in a file of openssl's, and a program of one line that signs with it. */
export async function opensslKeyPair(host: Host, kind: OpensslKind, name: string = kind): Promise<RemoteKeyPair> {
  const key = join(host.files.workspace, `${name}.pem`);
  await host.exec(['openssl', 'genpkey', ...kinds[kind], '-out', key]);
  const { stdout: publicKey } = await host.exec(['openssl', 'pkey', '-in', key, '-pubout']);
  const how = kind === 'ed25519' ? '-rawin -in /dev/stdin' : '-pkeyopt digest:sha512';
  return { publicKey, signer: await shellSigner(host, name, `openssl pkeyutl -sign -inkey ${name}.pem ${how}`), expires: undefined };
}

/** A signer that is this shell script in the workspace. */
export async function shellSigner(host: Host, name: string, script: string): Promise<RemoteKeyPair['signer']> {
  const file = join(host.files.workspace, `${name}.sh`);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return { command: [`./${name}.sh`], timeout: 60_000, environment: {} };
}
