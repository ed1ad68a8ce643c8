import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { codeOf, type Host, type InputsOf, inertLine, UserError } from '@release-kit/action';
import { groupedFingerprint, readFingerprint, readTrustedKeys, selectKeys, type TrustedKey } from '@release-kit/openpgp';
import type { spec } from './spec.ts';

type TrustInputs = Pick<InputsOf<typeof spec>, 'publicKey' | 'fingerprint' | 'sumsOnly'>;

/**
 * Whose signatures count in mode verify: the keys of the input public-key, or the key in the folder (absolute) that has the input fingerprint. A key
 * that merely lies beside the files is never trusted: who changed them would have put his own there. undefined: only digests, because somebody said so.
 * E_INPUT, E_PATH, E_KEY_FORMAT, E_KEY_UNUSABLE.
 */
export async function chooseTrust(inputs: TrustInputs, folder: string, host: Host): Promise<readonly TrustedKey[] | undefined> {
  const { publicKey, fingerprint, sumsOnly } = inputs;
  if (sumsOnly) {
    if (publicKey !== undefined || fingerprint !== undefined)
      throw new UserError('E_INPUT', 'sums-only looks at no signature, but a key to trust is given as well', {
        cure: 'Leave one of them out.',
      });
    host.log.warning('only digests are compared, no signature: whoever changed the files may have changed the lists as well');
    return undefined;
  }
  const wanted = fingerprint === undefined ? undefined : readFingerprint(fingerprint);
  if (publicKey === undefined && wanted === undefined) throw await nobodyTrusted(folder);
  const keys =
    publicKey === undefined
      ? await keyInFolder(folder, wanted)
      : selectKeys(await readTrustedKeys(publicKey), wanted, inertLine(basename(publicKey)));
  const lines = keys.map(({ fingerprint: each, userId }) => `trusted key: ${groupedFingerprint(each)}, ${inertLine(userId)}`);
  for (const line of new Set(lines)) host.log.info(line);
  return keys;
}

/**
 * Only the primary key's fingerprint counts here: anybody can put a subkey of somebody else's into a certificate of his own, while nobody makes another
 * primary key with this fingerprint.
 */
async function keyInFolder(folder: string, wanted: string | undefined): Promise<readonly TrustedKey[]> {
  const there = await keysIn(folder);
  // The same key may be there in two forms; what one of them lacks, such as a newer subkey, the other brings.
  const found = there.filter(({ fingerprint }) => fingerprint === wanted);
  if (found.length > 0) return found;
  const claims = there.some(({ parts }) => parts.some((part) => part === wanted));
  throw new UserError('E_KEY_UNUSABLE', `no public key with the fingerprint ${wanted} is in the folder`, {
    cure: claims
      ? 'It is the fingerprint of a subkey, which proves nothing about a key file from the folder: give that of the primary key, or name a key file that you trust (public-key, --key).'
      : 'Download the public key too, or name its file: input public-key, or --key.',
  });
}

async function keysIn(folder: string): Promise<readonly TrustedKey[]> {
  const keys: TrustedKey[] = [];
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => /\.(?:asc|gpg|pgp)$/.test(each)).sort()) {
    try {
      keys.push(...(await readTrustedKeys(join(folder, name))));
    } catch (error) {
      // Most such files are signatures.
      if (codeOf(error) !== 'E_KEY_FORMAT') throw error;
    }
  }
  return keys;
}

async function nobodyTrusted(folder: string): Promise<UserError> {
  const there = [...new Set((await keysIn(folder)).map(({ fingerprint }) => fingerprint))];
  const beside =
    there.length === 0
      ? ''
      : ` In the folder lies ${there.slice(0, 3).join(', ')}: compare it with what the owner published in another place, and give it as fingerprint.`;
  return new UserError('E_INPUT', 'nothing says which key to trust: a key that lies beside the files may be that of whoever changed them', {
    cure: `Give public-key (--key), a file from a place that you trust, or fingerprint (--fingerprint).${beside} To compare digests alone, set sums-only.`,
  });
}
