/** RFC 9580, section 4.2.1: a packet in the format with lengths of its own. */
export function packet(tag: number, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(0xc0 | tag), packetLength(body.length), body]);
}

/** RFC 9580, section 5.2.3.7. */
export function subpacket(type: number, body: Uint8Array): Buffer {
  return Buffer.concat([packetLength(body.length + 1), Buffer.of(type), body]);
}

/** RFC 9580, section 4.2.1; lengths of subpackets (5.2.3.7) are alike below 8384. */
function packetLength(length: number): Buffer {
  if (length < 192) return Buffer.of(length);
  if (length < 8384) return Buffer.of(192 + ((length - 192) >> 8), (length - 192) & 0xff);
  return Buffer.concat([Buffer.of(0xff), uint32(length)]);
}

/** RFC 9580, section 3.2: the number of bits, then the bytes without leading zeros. */
export function multiprecision(number: Uint8Array): Buffer {
  const first = number.findIndex((byte) => byte !== 0);
  const bytes = first === -1 ? Buffer.alloc(0) : number.subarray(first);
  const [top = 0] = bytes;
  const bits = bytes.length === 0 ? 0 : bytes.length * 8 - (Math.clz32(top) - 24);
  return Buffer.concat([uint16(bits), bytes]);
}

export function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
