import { join } from 'node:path';
import { UserError } from '@release-kit/action';
import { readStart } from '@release-kit/config';
import type { Finding } from './finding.ts';
import { keyFiles } from './public-key.ts';

const day = 24 * 3600 * 1000;
/** Far above any real key. */
const mostBytes = 1024 * 1024;
/** Users need weeks to get a new key. */
const warnedDays = 60;

/** Whether the public key in the repository still verifies what is signed, at `now` (milliseconds), and how long; and whether it is a public one. */
export async function publicKeyChecks(root: string, now: number): Promise<readonly Finding[]> {
  const files = await keyFiles(root);
  if (files.length === 0)
    return [
      { name: 'key', level: 'note', finding: 'there is no public key in the repository whose end could be watched (keys/signing-key.asc)' },
    ];
  return (await Promise.all(files.map((file) => keyChecks(root, file, now)))).flat();
}

async function keyChecks(root: string, file: string, now: number): Promise<readonly Finding[]> {
  const { dateOf, reportKeys } = await import('@release-kit/openpgp');
  const place = { file };
  try {
    const { kind, signer } = await reportKeys({ content: await readStart(join(root, file), mostBytes), name: file }, now);
    if (kind === 'secret key')
      return [
        {
          name: 'key',
          level: 'bad',
          finding: 'this is a secret key, and everybody who can read the repository has it',
          place,
          cure: 'Revoke it, make another one (release-kit key new), and keep its public part here only.',
        },
      ];
    if (signer instanceof UserError) throw signer;
    const { expires } = signer;
    if (expires === undefined) return [{ name: 'key', level: 'good', finding: 'it signs, and has no end', place }];
    if (expires - now < warnedDays * day)
      return [
        { name: 'key', level: 'note', finding: `it expires on ${dateOf(expires)}: release-kit key rotate makes the next one`, place },
      ];
    return [{ name: 'key', level: 'good', finding: `it signs until ${dateOf(expires)}`, place }];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [{ name: 'key', level: 'bad', finding: error.message, place, cure: error.cure }];
  }
}
