import { inertLine, UserError } from '@release-kit/action';

export interface Checksum {
  /** A plain file name as users download it. */
  readonly name: string;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
}

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
  return sorted.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');
}

/** Reads the output of sha256sum (text or binary mode); `file` is how it is called in messages. E_DIGEST with the line. */
export function parseChecksums(text: string, file: string): readonly Checksum[] {
  const seen = new Set<string>();
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line, index) => {
    const wrong = (what: string): UserError =>
      new UserError('E_DIGEST', `${inertLine(JSON.stringify(line.slice(0, 200)))} ${what}`, { place: { file, line: index + 1 } });
    const [, sha256, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
    if (sha256 === undefined || name === undefined) throw wrong('is not a line of sha256sum');
    if (!plainName.test(name)) throw wrong('names no plain file');
    if (seen.has(name)) throw wrong('names a file for the second time');
    seen.add(name);
    return { name, sha256 };
  });
}
