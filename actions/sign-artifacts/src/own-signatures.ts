import { join } from 'node:path';
import { type Host, pool } from '@release-kit/action';
import { doesNotVerify, openVerifier, parseTrustedKeys, type SignatureVerdict, type VerifyingProgram } from '@release-kit/openpgp';
import type { EmbeddedFiles } from './embedding.ts';
import type { FileSignature } from './signed-files.ts';

export interface OwnSignatures {
  /** Absolute; holds everything that is released. */
  readonly folder: string;
  /** As it is published, armored: all that a user has. */
  readonly publicKey: string;
  /** Of the primary key of each that signs: all of them sign files, the first one alone signs inside them. Two subkeys of one key have the same. */
  readonly fingerprints: readonly string[];
  readonly detached: readonly Pick<FileSignature, 'file' | 'signature'>[];
  readonly inside: Pick<EmbeddedFiles, 'debs' | 'controlFiles'>;
}

/**
 * Verifies everything that was signed, as users will, with a keyring that holds only the public key: each signature is by each of our keys and by
 * nobody else. E_SIGNATURE for the first that is not; E_TOOL_MISSING. Returns which programs verified.
 */
export async function verifyOwnSignatures(
  { folder, publicKey, fingerprints, detached, inside }: OwnSignatures,
  host: Host,
): Promise<readonly VerifyingProgram[]> {
  const keys = await parseTrustedKeys(Buffer.from(publicKey), 'the public key');
  const [first = ''] = fingerprints;
  const strangers = keys.filter(({ fingerprint }) => !fingerprints.includes(fingerprint));
  // In a rotation two subkeys of one key may sign.
  if (strangers.length > 0 || keys.length !== new Set(fingerprints).size)
    throw doesNotVerify(first, 'the public key is not that of the keys that signed');
  await using all = await openVerifier(host, keys, 'all');
  for (const { file, verdict } of await pool(detached, async ({ file, signature }) => ({
    file,
    verdict: await all.detached(signature, file),
  })))
    mustHold(file, verdict, fingerprints.length);
  await using one = await openVerifier(
    host,
    keys.filter(({ fingerprint }) => fingerprint === first),
    'all',
  );
  for (const name of inside.controlFiles) mustHold(name, await one.clear(join(folder, name)));
  for (const name of inside.debs) mustHold(name, await one.inDeb(join(folder, name)));
  return all.programs;
}

/** `count`: of signatures; two subkeys of one key may sign in a rotation. */
function mustHold(file: string, verdict: SignatureVerdict | undefined, count = 1): void {
  if (verdict === undefined) throw doesNotVerify(file, 'it is not there');
  const other = verdict.count === count ? undefined : `there are ${verdict.count} signatures instead of ${count}`;
  const problem = verdict.problem ?? other;
  if (problem !== undefined) throw doesNotVerify(file, problem);
}
