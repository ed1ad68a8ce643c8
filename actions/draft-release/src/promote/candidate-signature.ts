import { join } from 'node:path';
import { type Host, UserError } from '@release-kit/action';
import type { ReleaseCatalog } from '@release-kit/github';
import { checksumFiles, doesNotVerify, keyFileNames, openVerifier } from '@release-kit/openpgp';
import { bundleEnd, compareSubjects } from '../attestation.ts';
import { publicKeys } from '../signed-files.ts';
import { attestedFiles } from '../sigstore-bundle.ts';
import { type Candidate, type CandidateFile, contentOf } from './candidate-files.ts';
import { fetchFile } from './fetching-store.ts';

export interface SignatureRequest {
  readonly catalog: ReleaseCatalog;
  /** Name of the public key's files, without `.asc`. */
  readonly keyName: string;
  /** Of the keys that must have signed; undefined: signatures are not looked at. */
  readonly fingerprint: string | undefined;
}

const sums = checksumFiles.sha256;

/**
 * Whoever may write to a repository may change the assets of a candidate, and the list of their sums. So where it is known who signs, the list has to
 * be signed by these keys, and to list everything that is no signature, sum, key, or attestation of such files. E_SIGNATURE, E_DIGEST.
 */
export async function verifyCandidate(
  { files, listed }: Candidate,
  { catalog, keyName, fingerprint }: SignatureRequest,
  host: Host,
): Promise<void> {
  if (fingerprint === undefined) {
    host.log.info('signatures of the candidate are not looked at: fingerprint names no key');
    return;
  }
  const { armored, binary } = keyFileNames(keyName);
  const byName = new Map(files.map((file) => [file.name, file]));
  const signature = [`${sums}.asc`, `${sums}.sig`].find((name) => byName.has(name)) ?? `${sums}.asc`;
  await using folder = await host.files.temporary('candidate-signature');
  for (const name of [sums, signature, armored, binary]) {
    const file = byName.get(name);
    if (file === undefined || listed === undefined)
      throw new UserError('E_SIGNATURE', `the candidate has no ${name}, so nobody can tell who signed it`);
    await fetchFile({ ...file, file: join(folder.path, name) }, catalog);
  }
  const keys = await publicKeys(folder.path, { keyName, fingerprints: fingerprint.split(/\s+/) });
  await using verifier = await openVerifier(host, keys, 'all');
  const list = join(folder.path, sums);
  const { problem } = await verifier.detached(join(folder.path, signature), list);
  if (problem !== undefined) throw doesNotVerify(list, problem);
  const attestations = files.filter(({ name }) => name.endsWith(bundleEnd) && listed?.has(name) !== true);
  const others = files.filter((file) => !attestations.includes(file));
  const loose = others.find((file) => !isCovered(file, listed, [armored, binary]));
  if (loose !== undefined)
    throw new UserError('E_DIGEST', `${loose.name} of the candidate is listed by no signed ${sums}`, {
      cure: 'Do not promote it; find out who added that file.',
    });
  // Made after the list was signed; whoever verifies them sees by whom.
  for (const file of attestations) compareSubjects(attestedFiles((await contentOf(file, catalog)).toString('utf8'), file.name), others, []);
  host.log.info(`the candidate is signed by ${fingerprint}`);
}

function isCovered({ name }: CandidateFile, listed: Candidate['listed'], keys: readonly string[]): boolean {
  const signed = name.replace(/\.(?:asc|sig)$/, '');
  const lists: readonly string[] = Object.values(checksumFiles);
  return listed?.has(signed) === true || lists.includes(signed) || keys.includes(name);
}
