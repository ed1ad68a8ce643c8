import { capped, cell, code, inertMarkdown } from '@release-kit/action';
import { groupedFingerprint, type KeyFacts } from '@release-kit/openpgp';

export interface CheckedKeys {
  /** The first is the one that users know. */
  readonly keys: readonly KeyFacts[];
  readonly from: 'key' | 'public key' | 'throw-away key';
  /** With the public key in the repository. */
  readonly compared: boolean;
  /** Sentences: what else was there, and why it does not sign. */
  readonly passedOver: readonly string[];
}

/** A stranger's key may have thousands of parts. */
const cap = { rows: 20, bytes: 10_000 };
const day = 24 * 60 * 60 * 1000;

/** Part of the job summary: whether signing will work, with what key, and how long. */
export function checkSummary({ keys, from, compared, passedOver }: CheckedKeys, now: number): string {
  return [
    '### Signing key',
    '',
    verdict(from, compared),
    '',
    ...keys.flatMap((key, index) => [...describeKey(key, index, now), '']),
    ...capped(passedOver, (sentence) => `- ${inertMarkdown(sentence)}`, cap, 'parts are passed over'),
    ...(passedOver.length === 0 ? [] : ['']),
  ].join('\n');
}

function verdict(from: CheckedKeys['from'], compared: boolean): string {
  switch (from) {
    case 'key':
      return `The key signs: a few bytes were signed in memory and verified.${compared ? ' The public key in the repository verifies what it signs.' : ''}`;
    case 'public key':
      return 'No secret key is here. By the public key in the repository, signing will work; whether the secret key and its passphrase do, only a run that has them can tell.';
    case 'throw-away key':
      return 'No key is given: a release would be signed with a **throw-away key**, which nobody can trust.';
  }
}

function describeKey(key: KeyFacts, index: number, now: number): readonly string[] {
  const rows: readonly (readonly [string, string])[] = [
    ['Fingerprint', code(groupedFingerprint(key.fingerprint))],
    ['User id', cell(key.userId)],
    [
      'Signs by',
      key.signingFingerprint === key.fingerprint ? 'the primary key' : `the subkey ${code(groupedFingerprint(key.signingFingerprint))}`,
    ],
    ['Algorithm', cell(key.algorithm)],
    ['Expires', expiry(key.expires, now)],
  ];
  return [`| ${index === 0 ? 'Key' : 'Second key'} | |`, '| --- | --- |', ...rows.map((row) => `| ${row.join(' | ')} |`)];
}

function expiry(expires: number | undefined, now: number): string {
  if (expires === undefined) return 'never';
  const days = Math.floor((expires - now) / day);
  return `${new Date(expires).toISOString().slice(0, 10)} (in ${days} ${days === 1 ? 'day' : 'days'})`;
}
