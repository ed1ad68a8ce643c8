/** A part of a text keeps the whole of it in memory, here a message of any size; a copy does not. */
export function ownCopy(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
