import { packetHead } from '@release-kit/action';
import { cutOff, damaged } from './key-encodings.ts';

/** A packet as it stands in a key; RFC 9580, section 4. */
export interface KeyPacketBytes {
  readonly tag: number;
  readonly body: Uint8Array;
  /** With its head. */
  readonly whole: Uint8Array;
}

/** RFC 9580, section 5; of LibrePGP the same. */
export const packetTags = { secretKey: 5, publicKey: 6, secretSubkey: 7, publicSubkey: 14 } as const;
const keyTags: ReadonlySet<number> = new Set([packetTags.secretKey, packetTags.publicKey]);

/** Splits a key, or several, into packets. `name` is how it is called in messages. E_KEY_FORMAT. */
export function splitPackets(bytes: Uint8Array, name: string): readonly KeyPacketBytes[] {
  const packets: KeyPacketBytes[] = [];
  for (let at = 0; at < bytes.length; ) {
    const head = packetHead(bytes, at);
    if (head === undefined) throw damaged(`the ${name} is damaged: what stands at byte ${at} begins no OpenPGP packet`);
    const end = head.start + head.length;
    // A head that is cut off has no length that is a number.
    if (!(end <= bytes.length)) throw cutOff(`the ${name} is cut off: its last packet is longer than what is there`);
    packets.push({ tag: head.tag, body: bytes.subarray(head.start, end), whole: bytes.subarray(at, end) });
    at = end;
  }
  return packets;
}

/** One list for each primary key; packets before the first are left out. */
export function splitKeys(packets: readonly KeyPacketBytes[]): readonly (readonly KeyPacketBytes[])[] {
  const starts = packets.flatMap(({ tag }, index) => (keyTags.has(tag) ? [index] : []));
  return starts.map((start, index) => packets.slice(start, starts[index + 1]));
}

/** Whether the first packet is a primary key. */
export function beginsKey(bytes: Uint8Array): boolean {
  const head = packetHead(bytes, 0);
  return head !== undefined && keyTags.has(head.tag);
}

/** Whether the first packet is a signature of version 4 that revokes a key; RFC 9580, section 5.2.1.11. */
export function beginsRevocation(bytes: Uint8Array): boolean {
  const head = packetHead(bytes, 0);
  return head?.tag === 2 && bytes[head.start] === 4 && bytes[head.start + 1] === 0x20;
}

/**
 * The packet, and whether its secret part is one on a smartcard: gpg exports "GNU", 2 and the card's serial number in its place
 * (GnuPG doc/DETAILS, "GNU extensions to the S2K algorithm"). The library knows only "GNU", 1 for parts left out, so that is written instead.
 */
export function withoutCard(packet: KeyPacketBytes): { readonly packet: Uint8Array; readonly card: boolean } {
  const isSecret = packet.tag === packetTags.secretKey || packet.tag === packetTags.secretSubkey;
  const { body } = packet;
  const gnu = isSecret ? Buffer.from(body).lastIndexOf('GNU\u0002') : -1;
  const serialLength = body[gnu + 4] ?? -1;
  if (gnu < 4 || (body[gnu - 4] ?? 0) < 254 || body[gnu - 2] !== 101 || body.length !== gnu + 5 + serialLength)
    return { packet: packet.whole, card: false };
  const stub = Buffer.concat([body.subarray(0, gnu + 3), Buffer.of(1)]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(stub.length);
  return { packet: Buffer.concat([Buffer.of(0xc0 | packet.tag, 0xff), length, stub]), card: true };
}

/** Of a stub in place of a secret part: all before the usage octet, which is 4 bytes before "GNU"; hexadecimal. */
export function publicPart(body: Uint8Array): string {
  return Buffer.from(body.subarray(0, Buffer.from(body).lastIndexOf('GNU') - 4)).toString('hex');
}
