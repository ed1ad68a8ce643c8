import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { inertLine, UserError } from '@release-kit/action';
import { assetName, type ReleaseFile } from '@release-kit/github';
import { type AttestedFile, attestedFiles } from './sigstore-bundle.ts';

/** How names of attestations end in a release. */
export const bundleEnd = '.sigstore.json';

/** A thousand subjects take a fifth of a megabyte. */
const maxBytes = 16 * 1024 * 1024;

/**
 * A Sigstore bundle (absolute path) as a file of the release. Everything it attests must be released, and all that was built (names of the manifest)
 * attested: one of an earlier build must not go out with a later one. E_PATH, E_INPUT, E_DIGEST.
 */
export async function attestationFile(file: string, released: readonly ReleaseFile[], built: readonly string[]): Promise<ReleaseFile> {
  const shown = inertLine(basename(file));
  const found = await lstat(file);
  if (!found.isFile()) throw new UserError('E_PATH', `the attestation ${shown} is not a plain file`);
  if (found.size > maxBytes) throw new UserError('E_INPUT', `the attestation ${shown} has ${found.size} bytes, more than any has`);
  const content = await readFile(file);
  compareSubjects(attestedFiles(content.toString('utf8'), shown), released, built);
  const name = `${basename(file).replace(/(?:\.sigstore)?\.jsonl?$/, '')}${bundleEnd}`;
  return { name, file, size: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

/** Attestations name files as they were built or as they are released. E_DIGEST, E_NAME. */
export function compareSubjects(
  subjects: readonly AttestedFile[],
  released: readonly Pick<ReleaseFile, 'name' | 'sha256'>[],
  built: readonly string[],
): void {
  const digests = new Map(released.map(({ name, sha256 }) => [name, sha256]));
  const attested = new Set<string>();
  for (const { name, sha256 } of subjects) {
    const final = assetName(name);
    const expected = digests.get(final);
    const what = expected === undefined ? 'is not released' : 'has another digest';
    if (expected !== sha256) throw stale(`the attestation speaks of ${name}, which ${what}`);
    attested.add(final);
  }
  const missing = built.find((name) => !attested.has(assetName(name)));
  if (missing !== undefined) throw stale(`the attestation does not speak of ${missing}`);
}

function stale(message: string): UserError {
  return new UserError('E_DIGEST', message, { cure: 'Run attest-packages again, on the files that are to be released.' });
}
