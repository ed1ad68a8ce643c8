import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { clearSign, makeThrowAwayKey, publishedKey, type SigningKey, signContent } from '@release-kit/openpgp';
import { type OwnSignatures, verifyOwnSignatures } from './own-signatures.ts';

jest.setTimeout(60_000);

let host: RecordingHost;
let folder = '';
let keys: readonly SigningKey[] = [];

beforeEach(async () => {
  host = await recordingHost();
  folder = join(host.files.workspace, 'signed');
  await mkdir(folder);
  keys = [await makeThrowAwayKey(Date.now()), await makeThrowAwayKey(Date.now())];
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

const published = async (of: readonly SigningKey[]): Promise<string> =>
  (
    await publishedKey(
      of.map(({ certificate }) => certificate),
      Date.now(),
    )
  ).armored;

/** A file signed by some of the keys, and a control file by the first. */
async function signed(by: readonly SigningKey[]): Promise<OwnSignatures> {
  const file = join(folder, 'a_1_all.deb');
  const signature = `${file}.asc`;
  await writeFile(file, 'package');
  await writeFile(signature, (await signContent(by, { file }, Date.now())).armored);
  await writeFile(join(folder, 'a_1.dsc'), await clearSign(keys.slice(0, 1), 'Source: a\n', Date.now()));
  return {
    folder,
    publicKey: await published(keys),
    fingerprints: keys.map(({ fingerprint }) => fingerprint),
    detached: [{ file, signature }],
    inside: { debs: [], controlFiles: ['a_1.dsc'] },
  };
}

describe('what we have just signed', () => {
  test('holds when both keys signed the files and the first one signed inside them', async () => {
    const programs = await verifyOwnSignatures(await signed(keys), host);
    expect(programs).toMatchObject([{ name: 'gpgv', version: expect.stringMatching(/^2\./) }, { name: 'sqv' }]);
  });

  test('is E_SIGNATURE when one of the keys is missing, or the public key is another one', async () => {
    await expect(verifyOwnSignatures(await signed(keys.slice(0, 1)), host)).rejects.toThrowWithCode('E_SIGNATURE', /did not sign$/);
    const good = await signed(keys);
    await expect(verifyOwnSignatures({ ...good, publicKey: await published(keys.slice(1)) }, host)).rejects.toThrowWithCode(
      'E_SIGNATURE',
      /the public key is not that of the keys that signed$/,
    );
    const stranger = await makeThrowAwayKey(Date.now());
    await expect(verifyOwnSignatures({ ...good, publicKey: await published([...keys.slice(1), stranger]) }, host)).rejects.toThrowWithCode(
      'E_SIGNATURE',
    );
  });

  test('is E_SIGNATURE when one of two subkeys of the same key did not sign', async () => {
    const [first] = keys;
    if (first === undefined) throw new Error('there is no key');
    const same = { publicKey: await published([first]), fingerprints: [first.fingerprint, first.fingerprint] };
    await verifyOwnSignatures({ ...(await signed([first, first])), ...same }, host);
    await expect(verifyOwnSignatures({ ...(await signed([first])), ...same }, host)).rejects.toThrowWithCode(
      'E_SIGNATURE',
      /there are 1 signatures instead of 2$/,
    );
  });

  test('is E_SIGNATURE when a text inside, or a signature that should be inside, is not as it was made', async () => {
    const good = await signed(keys);
    await writeFile(
      join(folder, 'a_1.dsc'),
      (await clearSign(keys.slice(0, 1), 'Source: a\n', Date.now())).replace('Source: a', 'Source: b'),
    );
    await expect(verifyOwnSignatures(good, host)).rejects.toThrowWithCode('E_SIGNATURE', /a_1\.dsc .*was changed$/);
    await expect(verifyOwnSignatures({ ...good, inside: { debs: ['a_1_all.deb'], controlFiles: [] } }, host)).rejects.toThrowWithCode(
      'E_SIGNATURE',
      /a_1_all\.deb .*it is not there$/,
    );
  });
});
