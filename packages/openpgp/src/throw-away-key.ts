import { loadOpenpgp } from './library.ts';
import { describeKey, type SigningKey, signingPart } from './signing-key.ts';

/** How a throw-away key introduces itself to whoever looks at a signature. */
export const throwAwayName = 'release-kit throw-away key (for trying out, do not trust)';

/** Makes an Ed25519 key that lives in memory for one run; `now` in milliseconds. It expires after a day. */
export async function makeThrowAwayKey(now: number): Promise<SigningKey> {
  const { generateKey } = await loadOpenpgp();
  const { privateKey } = await generateKey({
    type: 'ecc',
    // The form that gpg 2.2 and later know as ed25519.
    curve: 'ed25519Legacy',
    userIDs: [{ name: throwAwayName }],
    subkeys: [],
    date: new Date(now),
    keyExpirationTime: 24 * 60 * 60,
    format: 'object',
  });
  // Its nearness of expiry is by design, so the warning is left out.
  return { ...(await describeKey(privateKey, privateKey, now)), ...(await signingPart(privateKey, privateKey)), warnings: [] };
}
