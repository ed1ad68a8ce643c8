import { inertLine, UserError } from '@release-kit/action';
import type { PrivateKey, Subkey } from 'openpgp';
import { strictConfig } from './library.ts';

/**
 * The part of the key with this fingerprint, when the library, too, lets it sign under strict rules: our own judgement is not the only one.
 * E_KEY_UNUSABLE.
 */
export async function confirmSigner(key: PrivateKey, fingerprint: string, now: number, name: string): Promise<PrivateKey | Subkey> {
  const { config } = await strictConfig();
  const part = key.getKeys().find((each) => each.getFingerprint().toUpperCase() === fingerprint);
  if (part === undefined) throw new Error('the part that was chosen is none of the key');
  try {
    await key.getSigningKey(part.getKeyID(), new Date(now), undefined, config);
  } catch (error) {
    const reason = inertLine(error instanceof Error ? error.message : String(error));
    throw new UserError('E_KEY_UNUSABLE', `the ${name} cannot sign by ${fingerprint}: OpenPGP.js says "${reason}"`, { cause: error });
  }
  return part;
}

/**
 * Opens one part of a key, in place; the others stay locked. Tries the passphrase as it is and once: it is used byte for byte.
 * Returns what to warn of. E_PASSPHRASE, E_KEY_UNUSABLE.
 */
export async function openPart(
  packet: PrivateKey['keyPacket'] | Subkey['keyPacket'],
  passphrase: string | undefined,
  name: string,
): Promise<readonly string[]> {
  if (!('privateParams' in packet)) throw new Error('a public part cannot be opened');
  if (packet.isDecrypted()) {
    return passphrase === undefined ? [] : [`A passphrase is given, but the ${name} is not protected by one.`];
  }
  if (passphrase === undefined || passphrase === '') {
    throw new UserError('E_PASSPHRASE', `the ${name} is protected by a passphrase, but none is given`, {
      cure: 'Give the passphrase; on GitHub a secret that is not set, or not passed on to a called workflow, arrives empty.',
    });
  }
  if (packet.isMissingSecretKeyMaterial()) {
    throw new UserError('E_KEY_UNUSABLE', `the ${name} is protected in a way that is not known here`, {
      cure: 'Export it with gpg 2.2 or later, which protects it by a passphrase in the usual way.',
    });
  }
  try {
    await packet.decrypt(passphrase);
  } catch (error) {
    // The library's message may hold nothing secret, but nothing useful either.
    throw new UserError('E_PASSPHRASE', `the passphrase does not open the ${name}`, { cause: error, ...hint(passphrase) });
  }
  return [];
}

/** What is easily overlooked in a passphrase; says nothing else of it. */
function hint(passphrase: string): { readonly cure?: string } {
  if (/[\r\n]$/.test(passphrase))
    return { cure: 'The passphrase ends with a line end, which belongs to it: store the secret without (printf %s, not echo).' };
  if (/^\s|\s$/.test(passphrase)) return { cure: 'The passphrase begins or ends with a blank, which belongs to it: is that meant?' };
  return {};
}
