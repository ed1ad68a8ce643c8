import { inertLine, UserError } from '@release-kit/action';
import type { SumAlgorithm } from './content-digests.ts';

/** Names under which checksum files are published, as sha256sum, sha512sum and b2sum write them. */
export const checksumFiles: Readonly<Record<SumAlgorithm, string>> = { sha256: 'SHA256SUMS', sha512: 'SHA512SUMS', blake2: 'B2SUMS' };

export interface Checksum {
  /** A plain file name as users download it. */
  readonly name: string;
  /** Lower-case hexadecimal digits: 64 of SHA-256, 128 of the others. */
  readonly digest: string;
}

const toolOf: Readonly<Record<SumAlgorithm, string>> = { sha256: 'sha256sum', sha512: 'sha512sum', blake2: 'b2sum' };
const digitsOf: Readonly<Record<SumAlgorithm, number>> = { sha256: 64, sha512: 128, blake2: 128 };

/** sha256sum escapes names with backslashes and line ends; such names, and any with folders, have no place here. */
const plainName = /^[A-Za-z0-9][A-Za-z0-9.+_~-]{0,254}$/;

/** Text that `sha256sum -c` reads: sorted by name, one line each. E_NAME, E_NAME_COLLISION. */
export function formatChecksums(entries: readonly Checksum[]): string {
  const seen = new Set<string>();
  for (const { name } of entries) {
    if (!plainName.test(name)) throw new UserError('E_NAME', `${JSON.stringify(inertLine(name))} cannot be listed in a checksum file`);
    if (seen.has(name)) throw new UserError('E_NAME_COLLISION', `${name} would be listed twice in the checksum file`);
    seen.add(name);
  }
  // By code unit, not by the machine's language: the same files give the same bytes everywhere.
  const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
  return sorted.map(({ name, digest }) => `${digest}  ${name}\n`).join('');
}

/** Reads the output of sha256sum and its kin (text or binary mode); `file` is how it is called in messages. E_DIGEST with the line. */
export function parseChecksums(text: string, file: string, algorithm: SumAlgorithm = 'sha256'): readonly Checksum[] {
  const seen = new Set<string>();
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line, index) => {
    const wrong = (what: string): UserError =>
      new UserError('E_DIGEST', `${inertLine(JSON.stringify(line.slice(0, 200)))} ${what}`, { place: { file, line: index + 1 } });
    const [, digest, name] = /^([0-9a-f]{64,128}) [ *](.+)$/.exec(line) ?? [];
    if (digest?.length !== digitsOf[algorithm] || name === undefined) throw wrong(`is not a line of ${toolOf[algorithm]}`);
    if (!plainName.test(name)) throw wrong('names no plain file');
    if (seen.has(name)) throw wrong('names a file for the second time');
    seen.add(name);
    return { name, digest };
  });
}
