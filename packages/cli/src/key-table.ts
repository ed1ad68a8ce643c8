import { dateOf, type KeyReport, type PartReport } from '@release-kit/openpgp';

const day = 24 * 60 * 60 * 1000;

/** Lines for a terminal: each key, a table of its parts, and what apt makes of those that sign. User ids are raw. */
export function keyLines({ kind, keys, notes }: KeyReport, now: number): readonly string[] {
  const lines = keys.flatMap(({ description, parts }) => [
    `${kind} ${description.primary.fingerprint}${description.userId === '' ? '' : ` of ${description.userId}`}`,
    ...aligned(parts.map((part) => rowOf(part, now))).map((row) => `  ${row}`),
    ...parts.flatMap(opinionLines),
  ]);
  return [...lines, ...notes];
}

function rowOf({ part, meantToSign }: PartReport, now: number): readonly string[] {
  const { role, fingerprint, algorithm, created, selfSignature, revoked, secret } = part;
  const uses = [
    role === 'primary key' ? 'certifies' : '',
    meantToSign ? 'signs' : '',
    selfSignature?.mayEncrypt === true ? 'encrypts' : '',
  ];
  return [
    role,
    fingerprint,
    algorithm.name,
    uses.filter((use) => use !== '').join(' and '),
    `made ${dateOf(created)}`,
    revoked === 'yes' ? 'revoked' : expiry(selfSignature?.expires, now),
    secret === 'none' ? '' : `secret part ${secret}`,
  ];
}

function expiry(expires: number | undefined, now: number): string {
  if (expires === undefined) return 'does not expire';
  const days = Math.floor((expires - now) / day);
  return expires <= now ? `expired ${dateOf(expires)}` : `expires ${dateOf(expires)}, in ${days} ${days === 1 ? 'day' : 'days'}`;
}

function opinionLines({ part: { role, fingerprint }, refusal, opinions }: PartReport): readonly string[] {
  if (opinions.length === 0) return [];
  const name = `${role} ${fingerprint.slice(-16)}`;
  const told = opinions.map(({ apt, refusal: why }) => `${apt} ${why === undefined ? 'accepts it' : `refuses it: ${why}`}`);
  return [`  ${name}: ${told.join('; ')}`, ...(refusal === undefined ? [] : [`  ${name} does not sign: it ${refusal}`])];
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(width(column)))
      .join('  ')
      .trimEnd(),
  );
}
