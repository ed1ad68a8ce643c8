import { UserError } from '@release-kit/action/errors';
import { isPackageName } from './names.ts';
import { shown } from './shown.ts';
import { parseVersion } from './version.ts';

export interface ChangelogHeader {
  readonly package: string;
  readonly version: string;
  readonly distributions: readonly string[];
  readonly urgency: string;
  readonly binaryOnly: boolean;
}

const header = /^(\S+) \(([^() \t]*)\)([^;]*);(.*)$/;
const urgencies: readonly string[] = ['low', 'medium', 'high', 'emergency', 'critical'];

/** Reads `hello (2.10-3) unstable; urgency=medium` by deb-changelog(5). Throws E_CHANGELOG with the place. */
export function parseChangelogHeader(line: string, file: string, at: number): ChangelogHeader {
  const problem = (message: string, cause?: unknown) =>
    new UserError('E_CHANGELOG', message, cause === undefined ? { place: { file, line: at } } : { place: { file, line: at }, cause });
  const match = header.exec(line);
  if (match === null) throw problem(`${shown(line)} is not the heading of an entry: package (version) distribution; urgency=medium`);
  const [, name = '', version = '', words = '', metadata = ''] = match;
  if (!isPackageName(name)) throw problem(`${shown(name)} is not a package name`);
  try {
    parseVersion(version);
  } catch (cause) {
    throw problem(cause instanceof UserError ? cause.message : String(cause), cause);
  }
  const distributions = words.split(/[ \t]+/).filter((word) => word !== '');
  if (distributions.length === 0 || !/^[ \t]/.test(words)) throw problem('the heading names no distribution');
  const wrong = distributions.find((word) => !/^[A-Za-z0-9][-+.A-Za-z0-9]*$/.test(word));
  if (wrong !== undefined) throw problem(`${shown(wrong)} is not the name of a distribution`);
  return { package: name, version, distributions, ...readMetadata(metadata, problem) };
}

function readMetadata(text: string, problem: (message: string) => UserError): Pick<ChangelogHeader, 'urgency' | 'binaryOnly'> {
  const values = new Map<string, string>();
  for (const item of text.split(',').map((part) => part.trim())) {
    const [key = '', ...rest] = item.split('=');
    const name = key.trim().toLowerCase();
    if (rest.length === 0 || name === '') throw problem(`${shown(item)} after the semicolon is not key=value`);
    if (values.has(name)) throw problem(`the key ${shown(name)} is given twice`);
    if (name !== 'urgency' && name !== 'binary-only' && !/^x[bcs]*-./.test(name))
      throw problem(`the key ${shown(name)} is not known: urgency, binary-only`);
    values.set(name, rest.join('=').trim());
  }
  // The level may be followed by a remark: `urgency=low (HIGH for users of diversions)`.
  const urgency = (values.get('urgency') ?? '').split(/\s+/)[0]?.toLowerCase() ?? '';
  if (!urgencies.includes(urgency)) throw problem(`the urgency must be one of ${urgencies.join(', ')}`);
  const binaryOnly = values.get('binary-only') ?? 'no';
  if (binaryOnly !== 'yes' && binaryOnly !== 'no') throw problem('binary-only must be yes');
  return { urgency, binaryOnly: binaryOnly === 'yes' };
}
