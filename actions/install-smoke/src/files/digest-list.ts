/** SHA-256 by path, from what `sha256sum --zero` printed: records of `digest SPACE SPACE path`, each ended by NUL. Paths are absolute. */
export function parseDigests(text: string): ReadonlyMap<string, string> {
  const digests = new Map<string, string>();
  for (const record of text.split('\0')) {
    const [, digest, path] = /^([0-9a-f]{64}) [ *](\/.*)$/s.exec(record) ?? [];
    if (digest !== undefined && path !== undefined) digests.set(path, digest);
  }
  return digests;
}
