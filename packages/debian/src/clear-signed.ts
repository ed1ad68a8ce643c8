import { UserError } from '@release-kit/action/errors';

export interface SignedText {
  /** What is inside the signature, or the whole text when it is not signed. */
  readonly text: string;
  /** Number of its first line in the file. */
  readonly firstLine: number;
  readonly signed: boolean;
}

const begin = '-----BEGIN PGP SIGNED MESSAGE-----';

/**
 * Takes the armor off a clear-signed file (RFC 9580, section 7), strictly: nothing before it, nothing after it, nothing but Hash
 * headers in it, so that no reader can take for signed what is not. The signature itself is not verified here.
 * Throws E_CONTROL with the place.
 */
export function readClearSigned(text: string, file: string): SignedText {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  if (lines[0]?.trimEnd() !== begin) {
    const stray = lines.findIndex((line) => line.startsWith('-----BEGIN PGP'));
    if (stray !== -1) throw problem(file, stray + 1, 'the signature does not cover the whole file: there is text before it');
    return { text, firstLine: 1, signed: false };
  }
  const blank = lines.indexOf('');
  const wrongHeader = lines.slice(1, blank).findIndex((line) => !/^Hash: [A-Za-z0-9, -]+$/.test(line));
  if (blank === -1 || wrongHeader !== -1)
    throw problem(file, 2 + Math.max(0, wrongHeader), 'only Hash headers and an empty line may follow the begin of a signed text');
  const end = lines.indexOf('-----BEGIN PGP SIGNATURE-----');
  if (end === -1) throw problem(file, lines.length, 'the signature of the signed text is missing');
  checkSignature(lines, end, file);
  const body = lines.slice(blank + 1, end).map((line, index) => {
    if (!line.startsWith('-')) return line;
    if (!line.startsWith('- '))
      throw problem(file, blank + 2 + index, 'a line of the signed text starts with a hyphen that is not escaped');
    return line.slice(2);
  });
  return { text: `${body.join('\n')}\n`, firstLine: blank + 2, signed: true };
}

function checkSignature(lines: readonly string[], begins: number, file: string): void {
  const ends = lines.indexOf('-----END PGP SIGNATURE-----', begins);
  if (ends === -1) throw problem(file, lines.length, 'the signature does not end');
  const after = lines.slice(ends + 1).findIndex((line) => line !== '');
  if (after !== -1) throw problem(file, ends + 2 + after, 'there is text after the signature, which it does not cover');
  const wrong = lines.slice(begins + 1, ends).findIndex((line) => !/^(?:[A-Za-z]+: [ -~]*|[A-Za-z0-9+/=]*)$/.test(line));
  if (wrong !== -1) throw problem(file, begins + 2 + wrong, 'the signature holds a line that is not base64');
}

function problem(file: string, line: number, message: string): UserError {
  return new UserError('E_CONTROL', message, { place: { file, line } });
}
