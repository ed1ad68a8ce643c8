/** `0123456789…` -> `0123 4567 …`: ten groups with a gap in the middle, as gpg prints it and people compare it. */
export function groupedFingerprint(fingerprint: string): string {
  const groups = fingerprint.match(/.{1,4}/g) ?? [];
  return [groups.slice(0, 5).join(' '), groups.slice(5).join(' ')].filter((half) => half !== '').join('  ');
}
