import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { inertLine, UserError } from '@release-kit/action';
import { loadOpenpgp } from './library.ts';

/** A public key that somebody says is to be trusted. */
export interface TrustedKey {
  /** Of the primary key: 40 upper-case hexadecimal digits. */
  readonly fingerprint: string;
  /** Of the primary key and of all subkeys. */
  readonly parts: readonly string[];
  /** The first one; raw text of a stranger. */
  readonly userId: string;
  readonly certificate: Uint8Array;
}

/** All of Debian's keys together are a tenth of this. */
const maxBytes = 4 * 1024 * 1024;

const publicBlock = /-----BEGIN PGP PUBLIC KEY BLOCK-----[\s\S]*?-----END PGP PUBLIC KEY BLOCK-----/g;

/** Reads all keys of a file, armored (several blocks, noise around them, CRLF) or binary. E_PATH, E_KEY_FORMAT. */
export async function readTrustedKeys(file: string): Promise<readonly TrustedKey[]> {
  const name = inertLine(basename(file));
  const info = await stat(file).catch((cause: unknown) => {
    throw new UserError('E_PATH', `the public key ${name} is not there`, { cause });
  });
  if (!info.isFile() || info.size > maxBytes)
    throw wrong(`${name} is not a file of public keys: it is ${info.isFile() ? 'too large' : 'no file'}`);
  return parseTrustedKeys(await readFile(file), name);
}

/** `name`: inert, for messages. E_KEY_FORMAT. */
export async function parseTrustedKeys(bytes: Uint8Array, name: string): Promise<readonly TrustedKey[]> {
  const text = Buffer.from(bytes).toString('latin1');
  if (text.includes('PRIVATE KEY BLOCK')) throw wrong(`${name} holds a secret key: only the public key may be handed around`);
  const blocks = text.replace(/\r\n?/g, '\n').match(publicBlock);
  const { readKeys } = await loadOpenpgp();
  try {
    const read =
      blocks === null ? [await readKeys({ binaryKeys: bytes })] : await Promise.all(blocks.map((armoredKeys) => readKeys({ armoredKeys })));
    const keys = read.flat().filter((key) => !key.isPrivate());
    if (keys.length === 0) throw new Error('no public key');
    return keys.map((key) => ({
      fingerprint: key.getFingerprint().toUpperCase(),
      parts: key.getKeys().map((part) => part.getFingerprint().toUpperCase()),
      userId: key.getUserIDs()[0] ?? '',
      certificate: key.write(),
    }));
  } catch (cause) {
    throw wrong(`${name} cannot be read as public keys`, cause);
  }
}

/** Those that are meant by a fingerprint of theirs; all when none is given. E_KEY_UNUSABLE. */
export function selectKeys(keys: readonly TrustedKey[], fingerprint: string | undefined, name: string): readonly TrustedKey[] {
  const chosen = fingerprint === undefined ? keys : keys.filter(({ parts }) => parts.includes(fingerprint));
  if (chosen.length > 0) return chosen;
  const there = keys.map((key) => key.fingerprint).slice(0, 5);
  throw new UserError('E_KEY_UNUSABLE', `${name} does not hold the key ${fingerprint}, but ${there.join(', ')}`, {
    cure: 'Get the public key again, and compare its fingerprint with what its owner published elsewhere.',
  });
}

function wrong(message: string, cause?: unknown): UserError {
  return new UserError('E_KEY_FORMAT', message, {
    cure: 'Name the public key as its owner published it, an .asc or .gpg file.',
    ...(cause === undefined ? {} : { cause }),
  });
}
