import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { UserError } from '@release-kit/action';
import { strictConfig } from './library.ts';
import type { SigningKey } from './signing-key.ts';

/** Bytes, or the absolute path of a file. */
export type Signable = Uint8Array | { readonly file: string };

/**
 * An armored detached signature (SHA-512 unless the key's preferences leave it out), LF line ends.
 * The same key, content and `time` (milliseconds) give the same bytes.
 * A file is read into memory as a whole: the library does not stream (see docs/decisions/0007).
 */
export async function detachedSignature(key: SigningKey, content: Signable, time: number): Promise<string> {
  const { createMessage, sign, config } = await strictConfig();
  const binary = content instanceof Uint8Array ? content : await readWhole(content.file);
  const date = new Date(time);
  const message = await createMessage({ binary, date });
  const signed = await sign({
    message,
    signingKeys: key.secret,
    signingKeyIDs: key.signer,
    detached: true,
    format: 'armored',
    date,
    config,
  });
  return unixLines(signed);
}

/** GitHub takes no larger asset, and Node reads no larger file at once. */
const maxBytes = 2 * 1024 ** 3 - 1;

async function readWhole(file: string): Promise<Uint8Array> {
  const { size } = await stat(file);
  if (size > maxBytes) throw new UserError('E_INPUT', `${basename(file)} has ${size} bytes; a release asset must be under 2 GiB`);
  return readFile(file);
}

/** The public part, armored with LF line ends: what users import, and nothing secret in it. */
export async function publicKeyArmored(key: SigningKey): Promise<string> {
  const { config } = await strictConfig();
  return unixLines(key.secret.toPublic().armor(config));
}

/** apt 2 refuses armor with CRLF. */
function unixLines(text: string): string {
  return `${text.replace(/\r\n/g, '\n').trimEnd()}\n`;
}
