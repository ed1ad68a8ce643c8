import { inertLine, UserError } from '@release-kit/action';

const maxCharacters = 255;

/**
 * The name under which a file is stored and downloaded. GitHub turns `~` into `.` and collapses runs of dots without a
 * word, which breaks checksum files, so we do it first, everywhere: in the draft folder as well as on GitHub.
 * `a_1.0~rc1_amd64.deb` -> `a_1.0.rc1_amd64.deb`. E_NAME for names that no rule keeps whole.
 */
export function assetName(name: string): string {
  const final = name.replaceAll('~', '.').replace(/\.{2,}/g, '.');
  if (final.length > maxCharacters || !/^[A-Za-z0-9][A-Za-z0-9.+_-]*$/.test(final) || final.endsWith('.')) {
    throw new UserError('E_NAME', `${JSON.stringify(inertLine(name))} cannot be the name of a release asset`);
  }
  return final;
}

/**
 * Final names of several files, in the order given. E_NAME_COLLISION names both files when two would be stored under one
 * name, compared without case because people download into folders that ignore it.
 */
export function assetNames(names: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Map<string, string>();
  const finals = new Map<string, string>();
  for (const name of names) {
    const final = assetName(name);
    const other = taken.get(final.toLowerCase());
    if (other !== undefined) throw new UserError('E_NAME_COLLISION', `${other} and ${name} would both be stored as ${final}`);
    taken.set(final.toLowerCase(), name);
    finals.set(name, final);
  }
  return finals;
}

/**
 * Which of these final names get a signature of their own, `<name>.asc`. Upstream's signatures in a source package
 * (`hello_1.0.orig.tar.gz.asc`) stay what they are: neither they nor what they sign is signed by us; SHA256SUMS covers both.
 */
export function namesToSign(names: readonly string[]): readonly string[] {
  const all = new Set(names);
  return names.filter((name) => !name.endsWith('.asc') && !all.has(`${name}.asc`));
}
