import { join } from 'node:path';
import { type Host, pool, UserError } from '@release-kit/action';
import { assetNames, namesToSign, type ReleaseFile } from '@release-kit/github';
import type { ManifestFile } from '@release-kit/manifest';
import { doesNotVerify, keyFileNames, openVerifier, readTrustedKeys, type TrustedKey } from '@release-kit/openpgp';
import { fileIn, namesThere, placeOf } from './folder-file.ts';
import { checksumsOf } from './listed-files.ts';

export interface SignedRelease {
  /** Of the manifest beside them. */
  readonly files: readonly ManifestFile[];
  /** Absolute; the folder that sign-artifacts wrote. */
  readonly folder: string;
  /** Name of the public key's files, without `.asc`. */
  readonly keyName: string;
  /** Of the primary keys that signed, when they are known from a better source than the public key's own file. */
  readonly fingerprints: readonly string[] | undefined;
}

/**
 * Everything that is released: the manifest's files, the policy for debsig-verify if there is one, checksum files, the public key in its forms, and
 * the signatures. Refuses what sign-artifacts did not sign in exactly this form: lists and signatures of an earlier build must not be released with
 * a later one, nor those of other keys than expected. Throws E_PATH, E_DIGEST, E_SIGNATURE, E_KEY_FORMAT.
 */
export async function signedFiles({ files, folder, ...expected }: SignedRelease, host: Host): Promise<readonly ReleaseFile[]> {
  const finals = assetNames(files.map(({ path }) => path));
  const built = files.map(({ path, size, sha256 }) => ({ name: finals.get(path) ?? path, file: join(folder, path), size, sha256 }));
  const { armored, binary, policy } = keyFileNames(expected.keyName);
  const policies = await Promise.all((await namesThere(folder, [policy])).map((name) => fileIn(folder, name)));
  const listed = [...built, ...policies];
  const checksums = await checksumsOf(listed, folder, host);
  const keys = await publicKeys(folder, expected);

  const own = new Set(namesToSign(listed.map(({ name }) => name)));
  const signed = [...listed.filter(({ name }) => own.has(name)), ...checksums];
  const signatures = await verifySignatures(signed, await formsOf(checksums, folder), folder, keys, host);
  const lists = checksums.map(({ name }) => name).join(' and ');
  host.log.info(
    `every file is as ${lists} list${checksums.length === 1 ? 's' : ''} it: ${listed.length}; signatures that verify: ${signatures.length}`,
  );
  return [...listed, ...checksums, await fileIn(folder, armored), await fileIn(folder, binary), ...signatures];
}

/**
 * Of the files that users get: both of the same content, and no key more, which users would import along with the others. Throws E_SIGNATURE, E_PATH,
 * E_KEY_FORMAT.
 */
export async function publicKeys(
  folder: string,
  { keyName, fingerprints }: Omit<SignedRelease, 'files' | 'folder'>,
): Promise<readonly TrustedKey[]> {
  const { armored, binary } = keyFileNames(keyName);
  const keys = await readTrustedKeys(await placeOf(folder, armored));
  if (bytesOf(keys) !== bytesOf(await readTrustedKeys(await placeOf(folder, binary))))
    throw new UserError('E_SIGNATURE', `${binary} does not hold what ${armored} holds`);
  const found = setText(keys.map(({ fingerprint }) => fingerprint));
  if (fingerprints !== undefined && setText(fingerprints) !== found)
    throw new UserError('E_SIGNATURE', `${armored} is another key than the one that should have signed: it holds ${found}`);
  return keys;
}

function setText(words: readonly string[]): string {
  return [...new Set(words)].sort().join(', ');
}

function bytesOf(keys: readonly TrustedKey[]): string {
  return keys.map(({ certificate }) => Buffer.from(certificate).toString('base64')).join('\n');
}

/** Those that sign-artifacts was asked for; then every file has them. */
async function formsOf(checksums: readonly ReleaseFile[], folder: string): Promise<readonly string[]> {
  const there = await namesThere(
    folder,
    checksums.flatMap(({ name }) => [`${name}.asc`, `${name}.sig`]),
  );
  const forms = ['asc', 'sig'].filter((form) => there.some((name) => name.endsWith(`.${form}`)));
  // Without any, the usual one is what is missing.
  return forms.length === 0 ? ['asc'] : forms;
}

/** Each file must be signed by all keys, and by no other, in each form. */
async function verifySignatures(
  files: readonly ReleaseFile[],
  forms: readonly string[],
  folder: string,
  keys: readonly TrustedKey[],
  host: Host,
): Promise<readonly ReleaseFile[]> {
  await using verifier = await openVerifier(host, keys, 'all');
  const wanted = files.flatMap((file) => forms.map((form) => ({ file, form })));
  return await pool(wanted, async ({ file: { name, file }, form }) => {
    host.signal.throwIfAborted();
    const signature = await fileIn(folder, `${name}.${form}`);
    const { problem } = await verifier.detached(signature.file, file);
    if (problem !== undefined) throw doesNotVerify(file, problem);
    return signature;
  });
}
