import { expect, jest, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { clearSign } from './clear-sign.ts';
import { claimedSigners } from './clear-signers.ts';
import { gpgHome } from './gpg-home.test-support.ts';
import { makeThrowAwayKey } from './throw-away-key.ts';

// gpg makes keys slowly on a busy machine.
jest.setTimeout(60_000);

test('a text that gpg signed says which part of which key signed it', async () => {
  await using host = await recordingHost();
  await using home = await gpgHome(host);
  const primary = await home.generate('Ada <ada@example.org>', 'ed25519', 'cert', '1y');
  await home.addSubkey(primary, 'ed25519', 'sign', '1y');
  const listed = await home.gpg(['--with-colons', '--list-keys', primary]);
  const [, subkey] = [...listed.matchAll(/^fpr:+([0-9A-F]{40}):/gm)].map(([, fingerprint = '']) => fingerprint);
  expect(await claimedSigners(await home.gpg(['--clearsign'], 'a text\n'))).toEqual([subkey?.slice(-16)]);
});

test('all of several are told', async () => {
  const keys = [await makeThrowAwayKey(Date.now()), await makeThrowAwayKey(Date.now())];
  const signers = await claimedSigners(await clearSign(keys, 'a text\n', Date.now()));
  expect(signers).toEqual(keys.map(({ fingerprint }) => fingerprint.slice(-16)));
});

test.each([
  '',
  'a text\n',
  '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nx\n-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----\n',
])('nobody signed %j', async (text) => {
  expect(await claimedSigners(text)).toEqual([]);
});
