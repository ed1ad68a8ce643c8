/**
 * Why apt refuses a file with a public key, whatever key is in it; undefined when it does not. `name` ends as the file's name does.
 * Measured with apt 2.6 (Debian 12) and apt 3.0 (Debian 13), with the file at Signed-By.
 */
export function refusedForm(name: string, content: Uint8Array): string | undefined {
  const text = Buffer.from(content).toString('latin1');
  // A byte-order mark of UTF-8 or UTF-16.
  if (/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/.test(text)) return 'it begins with a byte-order mark, which every apt refuses';
  const armored = text.includes('-----BEGIN PGP PUBLIC KEY BLOCK-----');
  if (!armored) return name.endsWith('.asc') ? 'it is binary, but its name ends with .asc, which apt 2 (Debian 12) refuses' : undefined;
  if (name.endsWith('.gpg')) return 'it is armored, but its name ends with .gpg, which apt 2 (Debian 12) refuses';
  if (text.includes('\r')) return 'its line ends are CRLF, which apt 2 (Debian 12) refuses';
  const [, after = ''] = text.split('-----BEGIN PGP PUBLIC KEY BLOCK-----\n');
  return /^(?:[A-Za-z][A-Za-z0-9-]*: .*\n)*\n/.test(after)
    ? undefined
    : 'the blank line after its first line is missing, which apt 2 (Debian 12) refuses';
}
