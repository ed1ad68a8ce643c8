import { createHash } from 'node:crypto';
import type { Finding } from './finding.ts';
import type { PastFinding } from './lint-result.ts';
import { keyOf, pastOf } from './past-finding.ts';

/**
 * The name of each finding over time, in order: `HASH:1`, and for the second equal one of a file `HASH:2`, as GitHub counts them. It is made of what the
 * baseline knows a finding by, which stays when lines move. Two distributions give one problem one name.
 */
export function fingerprintsOf(findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const hash = hashOf(pastOf(finding.hint));
    const key = JSON.stringify([finding.distribution, finding.file, hash]);
    const copy = (seen.get(key) ?? 0) + 1;
    seen.set(key, copy);
    return `${hash}:${copy}`;
  });
}

/** The part of a fingerprint that equal findings share. */
export function hashOf(past: PastFinding): string {
  return createHash('sha256').update(keyOf(past)).digest('hex').slice(0, 16);
}
