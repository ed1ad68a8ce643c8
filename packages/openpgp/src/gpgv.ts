import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Host, UserError } from '@release-kit/action';
import { loadOpenpgp } from './library.ts';

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
 * Verifies with the real gpgv and nothing but the public key, as a user would. The exit code alone is not believed:
 * exactly one good signature by this very key must be reported. E_SIGNATURE, E_TOOL_MISSING.
 */
export async function verifyWithGpgv(host: Host, { publicKey, signature, file, fingerprint }: Verification): Promise<void> {
  const { readKey } = await loadOpenpgp();
  const key = await readKey({ armoredKey: publicKey });
  await using folder = await host.files.temporary('gpgv');
  const keyring = join(folder.path, 'key.gpg');
  await writeFile(keyring, key.write());
  const { exitCode, stdout } = await host.exec(['gpgv', '--status-fd', '1', '--keyring', keyring, signature, file], {
    cwd: folder.path,
    env: { GNUPGHOME: folder.path },
    timeout: 10 * 60_000,
    allow: 'any',
  });
  const problem =
    exitCode === 0
      ? problemOf(stdout, fingerprint ?? key.getFingerprint().toUpperCase())
      : (problemOf(stdout, '') ?? `gpgv ended with exit code ${exitCode}`);
  if (problem !== undefined) throw new UserError('E_SIGNATURE', `the signature of ${basename(file)} does not verify: ${problem}`);
}

/** Words of the status lines that name a signature which must not be trusted (doc/DETAILS of GnuPG). */
const bad: Readonly<Record<string, string>> = {
  BADSIG: 'the content or the signature was changed',
  ERRSIG: 'it was made by another key, or in a way gpgv does not know',
  EXPSIG: 'the signature has expired',
  EXPKEYSIG: 'the key has expired',
  REVKEYSIG: 'the key is revoked',
};

/** Reads gpgv's status lines; undefined when they report one good signature by the primary key `fingerprint`. */
export function problemOf(status: string, fingerprint: string): string | undefined {
  const lines = status.split('\n').flatMap((line) => (line.startsWith('[GNUPG:] ') ? [line.slice(9).split(' ')] : []));
  for (const [word = ''] of lines) if (Object.hasOwn(bad, word)) return bad[word];
  const valid = lines.filter(([word]) => word === 'VALIDSIG');
  const good = lines.filter(([word]) => word === 'GOODSIG');
  const [only] = valid;
  if (only === undefined || valid.length !== 1 || good.length !== 1) return `gpgv reports ${valid.length} valid signatures instead of one`;
  // VALIDSIG <fpr> <date> <time> <expires> <version> <reserved> <pubkey algo> <hash algo> <class> <primary fpr>
  return only[10] === fingerprint ? undefined : 'it was made by another key';
}
