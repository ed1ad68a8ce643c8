import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyMaker } from '../secret-search/signing-keys.ts';
import type { Secret } from '../secret-search/sought.ts';

export interface SigningKey {
  /** As a repository holds them; the key as base64 on one line. */
  readonly inRepository: Readonly<Record<'SIGNING_KEY' | 'SIGNING_PASSPHRASE', string>>;
  /** What nobody may ever see. */
  readonly secrets: readonly Secret[];
}

/** A key with a passphrase that somebody made with gpg for their packages. */
export async function signingKey(): Promise<SigningKey> {
  const folder = await mkdtemp(join(tmpdir(), 'k-'));
  try {
    using maker = keyMaker(folder);
    const { armored, passphrase, secrets } = await maker.make('release', 'ed25519', 'a "passphrase" with blanks');
    return { inRepository: { SIGNING_KEY: Buffer.from(armored).toString('base64'), SIGNING_PASSPHRASE: passphrase }, secrets };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
