const place = Buffer.allocUnsafe(4096);
// What a byte holds is kept in a byte: half the memory, and faster to search.
const wide = /[^\0-\xff]/;

/** A part of a text keeps the whole of it in memory, here a message of any size; a copy does not. */
export function ownCopy(text: string): string {
  if (text.length < 13) return text; // V8 copies these by itself.
  if (wide.test(text)) return Buffer.from(text, 'utf16le').toString('utf16le');
  if (text.length > place.length) return Buffer.from(text, 'latin1').toString('latin1');
  return place.toString('latin1', 0, place.write(text, 'latin1'));
}
