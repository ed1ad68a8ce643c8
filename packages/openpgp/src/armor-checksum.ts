/**
 * Whether an armored block's CRC-24 matches its content (RFC 4880, section 6.1); true when it has none, which is allowed.
 * The library ignores it, but a letter lost in pasting is best named before anything else goes wrong.
 */
export function checksumHolds(block: string): boolean {
  const [, expected] = /^=([A-Za-z0-9+/]{4})[ \t]*$/m.exec(block) ?? [];
  if (expected === undefined) return true;
  const lines = block.split('\n').map((line) => line.trim());
  const blank = lines.indexOf('');
  const body = lines.slice(blank + 1, lines.indexOf(`=${expected}`)).join('');
  return crc24(Buffer.from(body, 'base64')) === Buffer.from(expected, 'base64').readUIntBE(0, 3);
}

function crc24(bytes: Uint8Array): number {
  let crc = 0xb704ce;
  for (const byte of bytes) {
    crc ^= byte << 16;
    for (let bit = 0; bit < 8; bit += 1) {
      crc <<= 1;
      if ((crc & 0x1000000) !== 0) crc ^= 0x1864cfb;
    }
  }
  return crc;
}
