import { basename } from 'node:path';
import { type Host, inertLine, UserError } from '@release-kit/action';
import { parseTrustedKeys } from './trusted-keys.ts';
import { openVerifier } from './verifier.ts';

export interface Verification {
  /** Armored, as users get it. */
  readonly publicKey: string;
  /** Absolute path of the detached signature. */
  readonly signature: string;
  /** Absolute path of the signed file. */
  readonly file: string;
  /** Of the primary key, when it is known from a better source than the public key's own file. */
  readonly fingerprint?: string | undefined;
}

/**
 * Verifies one signature with the real gpgv (and sqv, where it is) and nothing but the public key, as a user would.
 * The exit code alone is not believed: a good signature by this very key must be reported, and no other. E_SIGNATURE, E_TOOL_MISSING.
 */
export async function verifyWithGpgv(host: Host, { publicKey, signature, file, fingerprint }: Verification): Promise<void> {
  const keys = await parseTrustedKeys(Buffer.from(publicKey), 'the public key');
  const other = fingerprint !== undefined && keys.some((key) => key.fingerprint !== fingerprint);
  if (other) throw doesNotVerify(file, 'it was made by another key');
  await using verifier = await openVerifier(host, keys, 'all');
  const { problem } = await verifier.detached(signature, file);
  if (problem !== undefined) throw doesNotVerify(file, problem);
}

/** `problem`: in our words. */
export function doesNotVerify(file: string, problem: string): UserError {
  return new UserError('E_SIGNATURE', `the signature of ${inertLine(basename(file))} does not verify: ${problem}`);
}
