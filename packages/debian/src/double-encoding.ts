import { isUtf8 } from 'node:buffer';

const narrow = /^[\u0000-\u00ff]*$/;
const wide = /[\u0080-\u00ff]/;

/**
 * Undoes what every release of lintian does to names of files that are not ASCII: it takes the bytes of the name for characters and
 * encodes them once more, so that `café` comes out as `cafÃ©`. Only where the characters are the bytes of valid UTF-8, which plain
 * text practically never is; names that never were UTF-8, and texts that are in order, come back as they are.
 */
export function undoDoubleEncoding(text: string): string {
  if (!wide.test(text) || !narrow.test(text)) return text;
  const bytes = Buffer.from(text, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : text;
}
