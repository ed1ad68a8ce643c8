import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { inertLine, UserError } from '@release-kit/action';
import { type ArchiveMember, readDebArchive } from '@release-kit/debian';

/** As debsigs calls the signature of whoever publishes a package. */
const originMember = '_gpgorigin';
/** Bytes; larger is no signature. */
const maxSignature = 64 * 1024;

/** The signature inside a package, and what it covers, as files. */
export interface DebOrigin {
  readonly signature: string;
  readonly content: string;
}

/**
 * Takes the signature out of a .deb (absolute path) into `folder`, and what it covers: the contents of debian-binary, control.tar and
 * data.tar, one after the other (debsigs(1)). undefined when there is none, or when the file is no package by deb(5).
 */
export async function extractOrigin(file: string, folder: string): Promise<DebOrigin | undefined> {
  await using input = await open(file);
  const members = await membersOf(input, file);
  const origin = members?.origin;
  if (members === undefined || origin === undefined || origin.size > maxSignature) return undefined;
  const content = join(folder, 'content');
  for (const [index, { offset, size }] of members.covered.entries()) {
    if (size === 0) continue;
    await pipeline(
      createReadStream(file, { start: offset, end: offset + size - 1 }),
      createWriteStream(content, { flags: index === 0 ? 'wx' : 'a' }),
    );
  }
  const signature = join(folder, originMember);
  await writeFile(signature, await bytesAt(input, origin.offset, origin.size));
  return { signature, content };
}

interface Members {
  readonly origin: ArchiveMember | undefined;
  readonly covered: readonly ArchiveMember[];
}

async function membersOf(input: FileHandle, file: string): Promise<Members | undefined> {
  const { size } = await input.stat();
  try {
    const { members, controlMember, dataMember } = await readDebArchive(
      size,
      (at, length) => bytesAt(input, at, length),
      inertLine(basename(file)),
    );
    const [format] = members;
    const origins = members.filter(({ name }) => name === originMember);
    // Of two, programs would read different ones.
    const [origin] = origins.length === 1 ? origins : [];
    return format === undefined ? undefined : { origin, covered: [format, controlMember, dataMember] };
  } catch (error) {
    if (error instanceof UserError && error.code === 'E_DEB') return undefined;
    throw error;
  }
}

async function bytesAt(input: FileHandle, at: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await input.read(bytes, 0, length, at);
  return bytes.subarray(0, bytesRead);
}
