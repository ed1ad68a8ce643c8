import { UserError } from '@release-kit/action/errors';
import { shown } from './shown.ts';

/** One entry of a package's data.tar. */
export interface PackageEntry {
  /** Without the leading `./`; '' is the root. Odd characters are written as tar escapes them: `\n`, `\303`. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link' | 'hard-link' | 'other';
  /** As ls writes it: `-rwxr-xr-x`. */
  readonly mode: string;
  readonly user: number;
  readonly group: number;
  /** Bytes; 0 of all but files. */
  readonly size: number;
  /** Of links: what they lead to. */
  readonly target: string | undefined;
}

const kinds: Readonly<Record<string, PackageEntry['kind']>> = { '-': 'file', d: 'folder', l: 'link', h: 'hard-link' };
const pattern = /^([-dlhbcps])([-rwxsStT]{9}) (\d{1,10})\/(\d{1,10}) +(\d{1,15}|\d+,\d+) \d{4,}-\d\d-\d\d \d\d:\d\d(?::\d\d)? (.*)$/;

/**
 * Reads what `tar --list --verbose --numeric-owner --full-time --quoting-style=escape` of GNU tar prints. Throws E_DEB for a line that
 * is not of that form. A link whose name holds ` -> ` is split at the first one.
 */
export function parsePackageEntries(text: string, file: string): readonly PackageEntry[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => readEntry(line, file));
}

function readEntry(line: string, file: string): PackageEntry {
  const [, type = '', bits = '', user, group, size = '', rest = ''] = pattern.exec(line) ?? [];
  if (type === '')
    throw new UserError('E_DEB', `the list of its files has a line that cannot be read: ${shown(line)}`, { place: { file } });
  const kind = kinds[type] ?? 'other';
  const separator = kind === 'link' ? ' -> ' : kind === 'hard-link' ? ' link to ' : undefined;
  const at = separator === undefined ? -1 : rest.indexOf(separator);
  const name = at === -1 ? rest : rest.slice(0, at);
  return {
    path: name.replace(/^\.?\//, '').replace(/\/$/, ''),
    kind,
    mode: `${type}${bits}`,
    user: Number(user),
    group: Number(group),
    size: kind === 'file' ? Number(size) : 0,
    target: at === -1 || separator === undefined ? undefined : rest.slice(at + separator.length),
  };
}
