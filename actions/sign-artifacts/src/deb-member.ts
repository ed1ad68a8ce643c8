import type { ArchiveMember, DebArchive } from '@release-kit/debian';

/** As debsigs calls the signature of whoever publishes a package. */
export const originMember = '_gpgorigin';

/** ar(5) */
const headerSize = 60;

/** A range of the old file, in the order of the file. */
export interface Piece {
  readonly at: number;
  readonly length: number;
  /** Goes into the new file: all but an earlier signature of the same name. */
  readonly kept: boolean;
  /** Is covered by the signature. */
  readonly signed: boolean;
}

/**
 * The whole file in pieces. A signature as debsigs makes it covers the contents of debian-binary, control.tar and data.tar, one after
 * the other, and none of the headers; members of other names that start with an underscore stay, and are not covered.
 */
export function piecesOf({ members, controlMember, dataMember }: DebArchive, size: number): readonly Piece[] {
  const covered = new Set([members[0], controlMember, dataMember].flatMap((member) => (member === undefined ? [] : [member.name])));
  const [first] = members;
  const start: Piece = { at: 0, length: (first?.offset ?? headerSize) - headerSize, kept: true, signed: false };
  return [start, ...members.flatMap((member, index) => memberPieces(member, members[index + 1], size, covered.has(member.name)))];
}

function memberPieces(member: ArchiveMember, next: ArchiveMember | undefined, size: number, signed: boolean): readonly Piece[] {
  const kept = member.name !== originMember;
  const contentEnd = member.offset + member.size;
  const end = next === undefined ? size : next.offset - headerSize;
  return [
    { at: member.offset - headerSize, length: headerSize, kept, signed: false },
    { at: member.offset, length: member.size, kept, signed },
    { at: contentEnd, length: end - contentEnd, kept, signed: false },
  ].filter(({ length }) => length > 0);
}

/** A member as dpkg-deb writes one; `time` in milliseconds since 1970. */
export function arMember(name: string, content: Uint8Array, time: number): Buffer {
  const fields = [
    name.padEnd(16),
    String(Math.floor(time / 1000)).padEnd(12),
    '0'.padEnd(6),
    '0'.padEnd(6),
    '100644'.padEnd(8),
    String(content.length).padEnd(10),
  ];
  return Buffer.concat([Buffer.from(`${fields.join('')}\`\n`), content, Buffer.alloc(content.length % 2, '\n')]);
}
