import { UserError } from '@release-kit/action/errors';
import { shown } from './shown.ts';

export interface ArchiveMember {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Of the first byte of its content, from the start of the file. */
  readonly offset: number;
}

export interface DebArchive {
  readonly members: readonly ArchiveMember[];
  /** control.tar with its compression: `control.tar.xz`. */
  readonly controlMember: ArchiveMember;
  readonly dataMember: ArchiveMember;
}

const magic = '!<arch>\n';
const headerSize = 60;
/** Packages have three, signed ones a few more; an archive of empty members could have millions. */
const mostMembers = 64;

/** A range of the file; no longer than a header, so that archives of any size can be checked. */
interface Range {
  readonly at: number;
  readonly length: number;
}

/**
 * Checks the outer structure of a .deb file by deb(5), strictly: debian-binary, control.tar, data.tar in this order and once each,
 * other members only where their names start with an underscore, no byte beside them. dpkg-deb lets some of that pass.
 * Nothing is decompressed, and a file of any size is read a few bytes at a time: `read` gives those in the range, fewer at the end.
 * Throws E_DEB.
 */
export async function readDebArchive(
  size: number,
  read: (at: number, length: number) => Promise<Uint8Array>,
  file: string,
): Promise<DebArchive> {
  const check = checkRanges(size, file);
  let step = check.next('');
  while (!step.done) step = check.next(ascii(await read(step.value.at, step.value.length)));
  return step.value;
}

/** Asks for one range after the other. */
function* checkRanges(size: number, file: string): Generator<Range, DebArchive, string> {
  if ((yield { at: 0, length: magic.length }) !== magic) throw problem(file, 'it is not an ar archive');
  const members: ArchiveMember[] = [];
  for (let at = magic.length; at < size; ) {
    if (at + headerSize > size) throw problem(file, `there are ${size - at} stray bytes at its end, or it is cut off`);
    const member = readMember(yield { at, length: headerSize }, at, size, file);
    if (members.push(member) > mostMembers) throw problem(file, `it has more than ${mostMembers} members`);
    at = member.offset + member.size;
    // Members of odd size are followed by one line feed.
    if (member.size % 2 === 0) continue;
    if ((yield { at, length: 1 }) !== '\n')
      throw problem(file, `the byte after the member ${shown(member.name)} of odd size is missing or wrong`);
    at += 1;
  }
  const [first, ...rest] = members;
  if (first?.name !== 'debian-binary') throw problem(file, 'its first member is not debian-binary');
  checkFormat(yield { at: first.offset, length: Math.min(first.size, 64) }, file);
  const [control, data, extra] = rest.filter((member) => !member.name.startsWith('_'));
  if (control === undefined || !/^control\.tar(?:\.gz|\.xz|\.zst)?$/.test(control.name)) throw misplaced(file, 'control.tar', control);
  if (data === undefined || !/^data\.tar(?:\.gz|\.xz|\.zst|\.bz2|\.lzma)?$/.test(data.name)) throw misplaced(file, 'data.tar', data);
  if (extra !== undefined) throw problem(file, `the member ${shown(extra.name)} after data.tar is not allowed`);
  return { members, controlMember: control, dataMember: data };
}

function readMember(header: string, at: number, fileSize: number, file: string): ArchiveMember {
  if (header.slice(58) !== '`\n') throw problem(file, `the header of the member at byte ${at} does not end as it must`);
  // GNU ar ends names with a slash.
  const name = trimBlanks(header.slice(0, 16)).replace(/\/$/, '');
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(name)) throw problem(file, `the member at byte ${at} has the name ${shown(name)}`);
  // Modification time, owner, group: decimal; mode: octal.
  const numbers = [header.slice(16, 28), header.slice(28, 34), header.slice(34, 40)];
  if (!numbers.every((text) => /^[0-9]* *$/.test(text)) || !/^[0-7]* *$/.test(header.slice(40, 48)))
    throw problem(file, `the header of the member ${shown(name)} holds a wrong number`);
  const sizeText = header.slice(48, 58);
  if (!/^[0-9]+ *$/.test(sizeText)) throw problem(file, `the member ${shown(name)} has the size ${shown(sizeText)}`);
  const size = Number(trimBlanks(sizeText));
  const offset = at + headerSize;
  if (offset + size > fileSize)
    throw problem(file, `the member ${shown(name)} is cut off: ${size} bytes announced, ${fileSize - offset} there`);
  return { name, size, offset };
}

function checkFormat(text: string, file: string): void {
  if (!/^2\.[0-9]+\n/.test(text)) throw problem(file, `the format ${shown(text.split('\n')[0] ?? '')} is not 2.0`);
}

function misplaced(file: string, wanted: string, found: ArchiveMember | undefined): UserError {
  return problem(
    file,
    found === undefined ? `the member ${wanted} is missing` : `the member ${shown(found.name)} stands where ${wanted} must be`,
  );
}

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function trimBlanks(text: string): string {
  return text.replace(/ +$/, '');
}

function problem(file: string, message: string): UserError {
  return new UserError('E_DEB', message, { place: { file } });
}
