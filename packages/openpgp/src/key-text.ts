import { UserError } from '@release-kit/action';
import type { PrivateKey } from 'openpgp';
import { checksumHolds } from './armor-checksum.ts';
import { loadOpenpgp } from './library.ts';

/** A key of 16 KiB is large; more is not a key. */
const maxCharacters = 1024 * 1024;

const privateBlock = /-----BEGIN PGP PRIVATE KEY BLOCK-----[\s\S]*?-----END PGP PRIVATE KEY BLOCK-----/g;
const beginsPublic = /-----BEGIN PGP PUBLIC KEY BLOCK-----/;

/**
 * Reads the secret keys in a text as people store it in a secret: the armored block, with noise around it, CRLF or a
 * byte-order mark; with `\n` written out; or base64 (of the block or of the binary export), on one line or wrapped.
 */
export async function readKeyText(text: string): Promise<readonly PrivateKey[]> {
  if (text.trim() === '') throw emptyKey();
  if (text.length > maxCharacters) throw wrongFormat('the signing key is longer than 1 MiB');
  const plain = armorOf(text);
  const blocks = plain.match(privateBlock) ?? [];
  if (blocks.length > 0) return (await Promise.all(blocks.map(readBlock))).flat();
  if (beginsPublic.test(plain)) throw new UserError('E_KEY_PUBLIC_ONLY', 'the signing key is a public key: there is nothing to sign with');
  if (plain.includes('-----BEGIN PGP PRIVATE KEY BLOCK-----')) throw wrongFormat('the signing key is cut off: its END line is missing');
  return readBinary(text);
}

function emptyKey(): UserError {
  return new UserError('E_KEY_FORMAT', 'the signing key is empty', {
    cure: 'Set the secret; a secret that is not set, or that a calling workflow does not pass on (secrets: inherit), arrives empty.',
  });
}

function wrongFormat(message: string, cause?: unknown): UserError {
  return new UserError('E_KEY_FORMAT', message, cause === undefined ? {} : { cause });
}

function armorOf(text: string): string {
  const unwrapped = text.includes('-----BEGIN') ? text : (decodeBase64(text)?.toString('utf8') ?? text);
  return unwrapped.replaceAll('\\r', '').replaceAll('\\n', '\n').replace(/\r\n?/g, '\n').replaceAll('\ufeff', '');
}

function decodeBase64(text: string): Buffer | undefined {
  const compact = text.replace(/\s+/g, '').replaceAll('\ufeff', '');
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(compact) ? Buffer.from(compact, 'base64') : undefined;
}

async function readBlock(block: string): Promise<PrivateKey[]> {
  const { readPrivateKeys } = await loadOpenpgp();
  if (!checksumHolds(block)) throw wrongFormat('the signing key is damaged: its checksum does not match');
  try {
    return await readPrivateKeys({ armoredKeys: block });
  } catch (error) {
    const oneLine = !block.trim().includes('\n');
    throw wrongFormat(oneLine ? 'the signing key lost its line ends' : 'the signing key is damaged', error);
  }
}

/** Base64 of a binary export: gpg --export-secret-keys | base64. */
async function readBinary(text: string): Promise<readonly PrivateKey[]> {
  const bytes = decodeBase64(text);
  if (bytes === undefined) throw wrongFormat('the signing key is neither an armored block nor its base64 form');
  const { readKeys } = await loadOpenpgp();
  try {
    const keys = await readKeys({ binaryKeys: bytes });
    const secret = keys.flatMap((key) => (key.isPrivate() ? [key] : []));
    if (secret.length > 0) return secret;
  } catch (error) {
    throw wrongFormat('the signing key is base64, but not of an OpenPGP key', error);
  }
  throw new UserError('E_KEY_PUBLIC_ONLY', 'the signing key is a public key: there is nothing to sign with');
}
