import type { PrivateKey } from 'openpgp';
import { dateOf } from './key-refusal.ts';
import { strictConfig } from './library.ts';

const day = 24 * 60 * 60 * 1000;
const secondsOfDay = 24 * 60 * 60;

/**
 * An open key with one more subkey that signs, of the primary's kind, made at `now` (milliseconds). Older subkeys stay: users verify with
 * them until they all know the new one.
 */
export async function addSigningSubkey(key: PrivateKey, validDays: number, now: number): Promise<PrivateKey> {
  const { config } = await strictConfig();
  return key.addSubkey({ sign: true, keyExpirationTime: validDays * secondsOfDay, date: new Date(now), config });
}

export type PhaseName = 'announce' | 'overlap' | 'new key only' | 'old key gone';

export interface RotationPhase {
  readonly name: PhaseName;
  /** Milliseconds since 1970. */
  readonly from: number;
  /** What is done on that day. */
  readonly task: string;
}

export interface RotationPlan {
  readonly phases: readonly RotationPhase[];
  /** What a person must see: the old key would end too early. */
  readonly warnings: readonly string[];
}

/** Days: long enough that a machine which is updated a few times a year has the keyring package with both keys. */
const announceDays = 90;
/** Days: about one release of a distribution. */
const overlapDays = 180;

/**
 * The four phases in which no user is ever without a key that verifies. `oldExpires`: of the key or subkey that signs until now,
 * milliseconds; undefined when it never does.
 */
export function planRotation(now: number, oldExpires: number | undefined): RotationPlan {
  const overlap = now + announceDays * day;
  const newOnly = overlap + overlapDays * day;
  const gone = newOnly + overlapDays * day;
  const phases: readonly RotationPhase[] = [
    { name: 'announce', from: now, task: 'publish the public key with the old and the new part; go on signing with the old one only' },
    { name: 'overlap', from: overlap, task: 'sign with both: the old one is the input key, the new one the input second-key' },
    { name: 'new key only', from: newOnly, task: 'sign with the new one only: it becomes the input key; go on publishing both' },
    { name: 'old key gone', from: gone, task: 'revoke the old one and publish the public key once more' },
  ];
  const early = phases.find(
    ({ name, from }) => name !== 'old key gone' && name !== 'announce' && oldExpires !== undefined && oldExpires < from,
  );
  if (early === undefined || oldExpires === undefined) return { phases, warnings: [] };
  const warning = `The old key expires on ${dateOf(oldExpires)}, before ${early.name} begins on ${dateOf(early.from)}: ${
    early.name === 'overlap'
      ? 'begin to sign with both before that day.'
      : 'from that day on, only users who know the new key are served; begin earlier the next time.'
  }`;
  return { phases, warnings: [warning] };
}
