import { createHash } from 'node:crypto';
import { UserError } from '@release-kit/action';
import { finishSignatures } from './signature.ts';
import { draftSignature } from './signature-packet.ts';
import type { SigningKey } from './signing-key.ts';

/**
 * A text with its signatures by all keys around it (RFC 9580, section 7), as `InRelease`, `.dsc`, `.changes` have them. Lines stay as
 * they are, but for the escaped hyphens: whoever reads the file gets the text back byte for byte. No signature of this form covers
 * blanks at the end of a line or the difference of LF and CRLF; gpg leaves those blanks out of what it prints.
 * The same keys, text and `time` (milliseconds) give the same bytes. E_CONTROL for a text that would not come back as it is.
 */
export async function clearSign(keys: readonly SigningKey[], text: string, time: number): Promise<string> {
  const problem = whyNotClear(text);
  if (problem !== undefined)
    throw new UserError('E_CONTROL', `the text cannot be signed in the clear: ${problem}`, {
      cure: 'Write it as plain UTF-8 text with an end to each line, or sign it with a detached signature.',
    });
  const drafts = keys.map((key) => draftSignature(key, time, 'text'));
  const hash = createHash('sha512').update(signedText(text));
  const digests = drafts.map(({ trailer }) => hash.copy().update(trailer).digest());
  const { armored } = await finishSignatures(drafts, digests);
  return `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n${text.replace(/^-/gm, '- -')}${armored}`;
}

/** Bytes; longer lines are cut by gpg and gpgv before they are verified (MAX_LINELEN of GnuPG's armor.c, less the line end). */
const maxLine = 19_900;

function whyNotClear(text: string): string | undefined {
  if (text === '') return 'it is empty';
  if (!text.endsWith('\n')) return 'its last line has no end';
  if (text.includes('\0')) return 'it holds a NUL byte';
  if (/\r(?!\n)/.test(text)) return 'it holds a carriage return inside a line';
  if (!text.isWellFormed()) return 'it is not Unicode';
  if (text.split('\n').some((line) => Buffer.byteLength(line) > maxLine)) return `it holds a line of more than ${maxLine} bytes`;
  return undefined;
}

/** What is hashed: every line without its blanks at the end, CRLF between lines, and none after the last. */
function signedText(text: string): string {
  const lines = text.slice(0, -1).split('\n');
  return lines.map(withoutBlanksAtEnd).join('\r\n');
}

/** By hand, because a pattern would try every run of blanks inside a hostile line anew. */
function withoutBlanksAtEnd(line: string): string {
  let end = line.length;
  while (end > 0 && ' \t\r'.includes(line.charAt(end - 1))) end -= 1;
  return line.slice(0, end);
}
