import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { groupedFingerprint } from './fingerprint.ts';
import { gpgHome } from './gpg-home.test-support.ts';

test('a fingerprint is grouped as gpg prints it', async () => {
  await using host = await recordingHost();
  await using home = await gpgHome(host);
  const fingerprint = await home.generate('Ed <ed@example.org>', 'ed25519', 'sign', '0');
  expect(await home.gpg(['--fingerprint'])).toContain(` ${groupedFingerprint(fingerprint)}\n`);
}, 60_000);
