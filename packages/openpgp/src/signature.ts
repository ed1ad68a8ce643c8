import { readFile } from 'node:fs/promises';
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
  const binary = content instanceof Uint8Array ? content : await readFile(content.file);
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

/** The public part, armored with LF line ends: what users import, and nothing secret in it. */
export async function publicKeyArmored(key: SigningKey): Promise<string> {
  const { config } = await strictConfig();
  return unixLines(key.secret.toPublic().armor(config));
}

/** apt 2 refuses armor with CRLF. */
function unixLines(text: string): string {
  return `${text.replace(/\r\n/g, '\n').trimEnd()}\n`;
}
