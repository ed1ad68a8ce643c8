import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { fileSigner } from './file-signer.ts';
import { place } from './gpg-home.test-support.ts';
import { signContent } from './signature.ts';
import { makeThrowAwayKey } from './throw-away-key.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

test('a file that was read once has the sums and signatures of its content, although it is gone', async () => {
  await using host = await recordingHost();
  const now = Date.now();
  const keys = [await makeThrowAwayKey(now), await makeThrowAwayKey(now)];
  const signer = fileSigner(keys, now, ['sha512', 'blake2']);
  const file = { file: await place(host, 'a', 'content'), sha256: sha256('content') };
  expect(await signer.read([file.file])).toEqual([{ size: 7, sha256: file.sha256 }]);
  await rm(file.file);
  const { binary, armored, sums } = await signContent(keys, Buffer.from('content'), now, ['sha256', 'sha512', 'blake2']);
  expect(await signer.sumsOf([file])).toEqual([sums]);
  expect(await signer.sign(file)).toEqual({ binary, armored });
});

test('a file that is not what is said of it is not signed', async () => {
  await using host = await recordingHost();
  const now = Date.now();
  const signer = fileSigner([await makeThrowAwayKey(now)], now, []);
  const file = { file: await place(host, 'a', 'content'), sha256: sha256('other') };
  await expect(signer.sign(file)).rejects.toThrowWithCode('E_DIGEST', /^a is not what its SHA-256 says/);
});
