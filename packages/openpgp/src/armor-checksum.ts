/**
 * Whether the CRC-24 at the end of an armored block (its four letters of base64) is that of the content (RFC 4880, section 6.1).
 * The library ignores it, but a letter lost in pasting is best named before anything else goes wrong.
 */
export function checksumMatches(content: Uint8Array, checksum: string): boolean {
  return crc24(content) === Buffer.from(checksum, 'base64').readUIntBE(0, 3);
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
