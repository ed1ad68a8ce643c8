import { UserError } from '@release-kit/action';
import { type FileListing, parseBuildinfo, parseChanges, parseDsc, readClearSigned } from '@release-kit/debian';
import type { ManifestFile } from '@release-kit/manifest';

/** In the order of signing: each may list those before it, whose signed form it has to describe. */
export const controlKinds = ['dsc', 'buildinfo', 'changes'] as const;
export type ControlKind = (typeof controlKinds)[number];

export interface ControlFile {
  /** Without a signature around it, and with one line end at its end. */
  readonly text: string;
  /** The file as it stands. */
  readonly original: string;
  readonly signed: boolean;
  readonly files: FileListing['files'];
}

const parsers = { dsc: parseDsc, buildinfo: parseBuildinfo, changes: parseChanges } as const;

/** Reads a control file strictly; `name` is what messages call it. Throws E_CONTROL or E_VERSION with the place. */
export function readControlFile(kind: ControlKind, bytes: Uint8Array, name: string): ControlFile {
  const original = decode(bytes, name);
  const { files } = parsers[kind](original, name);
  const { text, signed } = readClearSigned(original, name);
  return { text: withOneLineEnd(text), original, signed, files };
}

/** What it says of the files of the manifest must be true before it is signed. Throws E_DIGEST. */
export function checkListed(control: ControlFile, name: string, files: readonly ManifestFile[]): void {
  const known = new Map(files.map((file) => [file.path, file]));
  for (const { name: listed, size, sha256 } of control.files) {
    const file = known.get(listed);
    if (file === undefined || (file.size === size && file.sha256 === sha256)) continue;
    throw new UserError('E_DIGEST', `${name} lists ${listed} with another size or digest than the manifest`, { place: { file: name } });
  }
}

/**
 * What is put inside the signature: the text and an empty line, as debsign and dpkg-buildpackage do it, for readers that look for a
 * paragraph's end before the signature.
 */
export function textToSign(text: string): string {
  return `${text}\n`;
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new UserError('E_CONTROL', 'the file is not UTF-8 (Debian Policy 5.1)', { place: { file: name }, cause });
  }
}

function withOneLineEnd(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n') end -= 1;
  return `${text.slice(0, end)}\n`;
}
