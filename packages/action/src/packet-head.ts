/** Head of an OpenPGP packet; RFC 9580, section 4.2. */
export interface PacketHead {
  readonly tag: number;
  /** Where the body starts. */
  readonly start: number;
  /** Of the body; NaN when the head itself is cut off. */
  readonly length: number;
}

/**
 * The head that stands at a byte of a key; undefined where none begins. Lengths in parts and open ends (sections 4.2.1.4 and 4.2.2.4)
 * are for messages, not for keys: such a head is none.
 */
export function packetHead(bytes: Uint8Array, at: number): PacketHead | undefined {
  const octet = (offset: number): number => bytes[at + offset] ?? Number.NaN;
  const number = (offset: number, count: number): number => {
    let value = 0;
    for (let index = 0; index < count; index += 1) value = value * 256 + octet(offset + index);
    return value;
  };
  const first = octet(0);
  if ((first & 0x80) === 0) return undefined;
  if ((first & 0x40) === 0) {
    const kind = first & 3;
    if (kind === 3) return undefined;
    return { tag: (first >> 2) & 15, start: at + 1 + 2 ** kind, length: number(1, 2 ** kind) };
  }
  const tag = first & 63;
  const second = octet(1);
  if (second >= 224 && second < 255) return undefined;
  if (second === 255) return { tag, start: at + 6, length: number(2, 4) };
  if (second >= 192) return { tag, start: at + 3, length: (second - 192) * 256 + octet(2) + 192 };
  return { tag, start: at + 2, length: second };
}
