/**
 * A plain file name that is safe in a shell, a log, a URL and a checksum file: letters, digits and . + - _ ~,
 * at most 255 bytes, a letter or digit first.
 */
export const fileNamePattern = '^[A-Za-z0-9][A-Za-z0-9.+_~-]*$';

const pattern = new RegExp(fileNamePattern);

export function isPlainFileName(name: string): boolean {
  return name.length <= 255 && pattern.test(name);
}
