/** RFC 9580, section 5: the packets of which a public key consists. */
const publicTypes: ReadonlySet<number> = new Set([
  2, // signature
  6, // public key
  13, // user id
  14, // public subkey
]);

/**
 * Types of the packets in `bytes`, in order, without looking into them. Throws on lengths that go past the end, and on partial and unknown ones, which
 * only packets of messages may have (RFC 9580, section 4.2).
 */
export function packetTypes(bytes: Uint8Array): readonly number[] {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const types: number[] = [];
  for (let place = 0; place < data.length; ) {
    const first = data.readUInt8(place);
    if ((first & 0x80) === 0) throw new Error(`no packet begins at byte ${place}`);
    const [type, start, length] = (first & 0x40) === 0 ? legacyHead(data, place) : head(data, place);
    place = start + length;
    if (place > data.length) throw new Error('the last packet is cut off');
    types.push(type);
  }
  return types;
}

/** Whether these bytes hold public keys and nothing else: what may be given to everyone. */
export function holdsOnlyPublicKeys(bytes: Uint8Array): boolean {
  const types = packetTypes(bytes);
  return types[0] === 6 && types.every((type) => publicTypes.has(type));
}

type Head = readonly [type: number, start: number, length: number];

function head(data: Buffer, place: number): Head {
  const type = data.readUInt8(place) & 0x3f;
  const size = data.readUInt8(place + 1);
  if (size < 192) return [type, place + 2, size];
  if (size < 224) return [type, place + 3, ((size - 192) << 8) + data.readUInt8(place + 2) + 192];
  if (size < 255) throw new Error('a packet of a key has no whole length');
  return [type, place + 6, data.readUInt32BE(place + 2)];
}

function legacyHead(data: Buffer, place: number): Head {
  const first = data.readUInt8(place);
  const type = (first & 0x3c) >> 2;
  const bytes = 1 << (first & 0x03);
  if (bytes === 8) throw new Error('a packet of a key has no whole length');
  return [type, place + 1 + bytes, data.readUIntBE(place + 1, bytes)];
}
