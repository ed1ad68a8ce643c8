import { UserError } from '@release-kit/action/errors';
import { inertLine } from '@release-kit/action/inert';

/** POSIX.1-2024, pax, "ustar Interchange Format": everything lies in blocks of 512 bytes. */
export const blockSize = 512;

export interface TarEntry {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly mode: number;
  /** Seconds since 1970. */
  readonly time: number;
}

/** What stands before a file in an archive; names of more than 100 bytes get a header of their own before it. */
export function tarHeader(entry: TarEntry): Buffer {
  // 11 octal digits.
  if (entry.size > 0o77777777777) throw new UserError('E_MANIFEST', `${inertLine(entry.name)} is too large for an archive: 8 GiB and more`);
  if (Buffer.byteLength(entry.name) <= 100) return header(entry, '0');
  const record = paxRecord('path', entry.name);
  const padding = Buffer.alloc((blockSize - (record.length % blockSize)) % blockSize);
  const extended = header({ ...entry, name: 'PaxHeader', size: record.length, mode: 0o644 }, 'x');
  return Buffer.concat([extended, record, padding, header({ ...entry, name: entry.name.slice(0, 100) }, '0')]);
}

function header({ name, size, mode, time }: TarEntry, type: '0' | 'x'): Buffer {
  const block = Buffer.alloc(blockSize);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;
  block.write(name, 0, 100, 'utf8');
  block.write(octal(mode, 7), 100);
  block.write(octal(0, 7), 108); // user
  block.write(octal(0, 7), 116); // group
  block.write(octal(size, 11), 124);
  block.write(octal(Math.max(0, Math.trunc(time)), 11), 136);
  block.write(type, 156);
  block.write('ustar\0' + '00', 257, 'latin1');
  block.write(`${checksum(block).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

/** The sum of all bytes of a header, its own field read as blanks. */
export function checksum(block: Uint8Array): number {
  let sum = 0;
  for (const [index, byte] of block.entries()) sum += index >= 148 && index < 156 ? 32 : byte;
  return sum;
}

/** `<length> path=<name>\n`, where the length counts its own digits. */
function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + String(rest).length;
  if (String(length).length !== String(rest).length) length = rest + String(length).length;
  return Buffer.from(`${length} ${key}=${value}\n`);
}
