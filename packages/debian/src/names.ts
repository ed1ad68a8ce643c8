// File names have at most 255 bytes, and a package's holds its name, version and architecture.
const longest = 128;

/** Policy 5.6.7: lower-case letters, digits, + - . ; at least two characters; starts with a letter or digit. */
export function isPackageName(text: string): boolean {
  return text.length <= longest && /^[a-z0-9][a-z0-9+.-]+$/.test(text);
}

/** One word of an Architecture field: `amd64`, `any`, `linux-any`, `all`, `source`. */
export function isArchitectureWord(text: string): boolean {
  return text.length <= 64 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);
}

/** A version that fits into a file name. */
export function fitsFileName(version: string): boolean {
  return version.length <= longest;
}

/** A plain file name as packages and their parts have it: no folders, no leading dot or hyphen. */
export function isFileName(text: string): boolean {
  return text.length <= 255 && /^[A-Za-z0-9][A-Za-z0-9+.~_-]*$/.test(text);
}
