import { describe, expect, jest, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { gpgHome, place } from './gpg-home.test-support.ts';
import { verifyWithGpgv } from './gpgv.ts';
import { publicKeyArmored, signContent } from './signature.ts';
import { readSigningKey } from './signing-key.ts';

// gpg makes keys slowly on a busy machine.
jest.setTimeout(120_000);

describe('signatures by every kind of key that is accepted', () => {
  test.each([
    ['rsa3072', 'RSA 3072'],
    ['rsa4096', 'RSA 4096'],
    ['ed25519', 'Ed25519'],
    ['nistp256', 'nistP256'],
    ['nistp384', 'nistP384'],
    ['nistp521', 'nistP521'],
  ])('gpgv verifies those of %s, and the same content and time give the same bytes', async (algorithm, name) => {
    await using host = await recordingHost();
    await using home = await gpgHome(host);
    const fingerprint = await home.generate('Jane <jane@example.org>', algorithm, 'sign', 'never');
    const now = Date.now();
    const key = await readSigningKey(await home.exportSecret(fingerprint), undefined, now);
    expect(key.algorithm).toBe(name);
    const file = await place(host, 'content', 'what is signed');
    const signed = await signContent([key], { file }, now, ['sha256', 'sha512', 'blake2']);
    expect(signed.size).toBe(14);
    const signature = await place(host, 'content.asc', signed.armored);
    await verifyWithGpgv(host, { publicKey: await publicKeyArmored(key), signature, file });
    expect(await signContent([key], { file }, now, ['sha256', 'sha512', 'blake2'])).toEqual(signed);
    const { stdout } = await host.exec(['sha512sum', file]);
    expect(stdout.slice(0, 128)).toBe(signed.sums.sha512);
    expect((await host.exec(['b2sum', file])).stdout.slice(0, 128)).toBe(signed.sums.blake2);
  });

  test('two keys give two signatures in one block, and either public key verifies it', async () => {
    await using host = await recordingHost();
    await using home = await gpgHome(host);
    const keys = [];
    for (const [user, algorithm] of [
      ['Old <old@example.org>', 'rsa3072'],
      ['New <new@example.org>', 'ed25519'],
    ] as const)
      keys.push(
        await readSigningKey(await home.exportSecret(await home.generate(user, algorithm, 'sign', 'never')), undefined, Date.now()),
      );
    const file = await place(host, 'content', 'what is signed');
    const { armored } = await signContent(keys, { file }, Date.now());
    const signature = await place(host, 'content.asc', armored);
    await home.gpg(['--verify', signature, file]);
    expect(armored.match(/BEGIN PGP SIGNATURE/g)).toHaveLength(1);
  });
});
