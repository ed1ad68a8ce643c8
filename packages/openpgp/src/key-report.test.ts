import { describe, expect, jest, test } from '@jest/globals';
import { UserError } from '@release-kit/action';
import { gpgForAll } from './gpg-home.test-support.ts';
import { reportKeys } from './key-report.ts';

jest.setTimeout(60_000);

/** Later than every key that a busy machine makes while these tests run. */
const now = Date.now() + 10 * 60_000;
const given = gpgForAll();

const opinionsOf = async (content: string, at = now): Promise<readonly (string | undefined)[]> => {
  const { keys } = await reportKeys({ name: 'key', content }, at);
  return keys.flatMap(({ parts }) => parts.flatMap(({ opinions }) => opinions.map(({ refusal }) => refusal)));
};

describe('what apt of Debian 12 and 13 make of a key', () => {
  test.each([
    ['ed25519', [undefined, undefined]],
    ['rsa2048', [undefined, undefined]],
    ['nistp384', [undefined, undefined]],
    ['rsa1024', [undefined, 'RSA 1024']],
    ['dsa2048', [undefined, 'DSA 2048']],
    ['dsa1024', ['DSA 1024, whose signatures are SHA-1', 'DSA 1024']],
    ['brainpoolP256r1', [undefined, 'the curve brainpoolP256r1']],
    ['secp256k1', [undefined, 'the curve secp256k1']],
  ])('%s', async (algorithm, opinions) => {
    const made = await given.home.generate(`of ${algorithm}`, algorithm, 'sign', '0');
    expect(await opinionsOf(await given.home.gpg(['--armor', '--export', made]))).toEqual(opinions);
  });

  test('that has expired', async () => {
    const made = await given.home.generate('expired', 'ed25519', 'sign', '1d');
    expect(await opinionsOf(await given.home.exportSecret(made), now + 2 * 24 * 3_600_000)).toEqual(
      Array(2).fill('the primary key has expired'),
    );
  });
});

test('of a public key it is told what signs, though its secret part is elsewhere', async () => {
  const made = await given.home.generate('primary', 'ed25519', 'cert', '0');
  await given.home.addSubkey(made, 'ed25519', 'sign', '1y');
  const report = await reportKeys({ name: 'key', content: await given.home.gpg(['--armor', '--export', made]) }, now);
  expect(report).toMatchObject({ kind: 'public key', signer: { fingerprint: made, algorithm: 'Ed25519' } });
  expect(report.keys[0]?.parts.map(({ part, meantToSign }) => [part.role, meantToSign, part.secret])).toEqual([
    ['primary key', false, 'none'],
    ['subkey', true, 'none'],
  ]);
});

test('a key that cannot sign is reported all the same, with the error that signing would end with', async () => {
  const made = await given.home.generate('certifies', 'ed25519', 'cert', '0');
  const { signer, keys } = await reportKeys({ name: 'key', content: await given.home.exportSecret(made) }, now);
  expect(signer).toBeInstanceOf(UserError);
  expect(signer).toMatchObject({ code: 'E_KEY_UNUSABLE' });
  expect(keys).toHaveLength(1);
});
