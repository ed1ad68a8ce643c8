import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { describeFile, type ManifestFile } from '@release-kit/manifest';
import {
  checksumFiles,
  digestFiles,
  formatChecksums,
  makeThrowAwayKey,
  publishedKey,
  type SigningKey,
  signContent,
  sumAlgorithms,
} from '@release-kit/openpgp';
import { signedFiles } from './signed-files.ts';

// Some programs for each signature, on a busy machine.
jest.setTimeout(60_000);

const facts = { kind: 'deb', package: 'hello', version: '1', architecture: 'all', distribution: 'debian:12' } as const;
let host: RecordingHost;
let folder: string;
let old: SigningKey;
let young: SigningKey;
let files: readonly ManifestFile[];

beforeEach(async () => {
  host = await recordingHost();
  folder = join(host.files.workspace, 'signed');
  await mkdir(folder);
  [old, young] = [await makeThrowAwayKey(Date.now()), await makeThrowAwayKey(Date.now())];
  await writeFile(join(folder, 'hello_1_all.deb'), 'a package');
  await writeFile(join(folder, 'hello.pol'), '<Policy/>');
  files = [await describeFile(folder, 'hello_1_all.deb', facts)];
  await publish([old, young]);
  await sign([old, young]);
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

async function publish(keys: readonly SigningKey[]): Promise<void> {
  const { armored, binary } = await publishedKey(
    keys.map(({ certificate }) => certificate),
    Date.now(),
  );
  await writeFile(join(folder, 'hello.asc'), armored);
  await writeFile(join(folder, 'hello.gpg'), binary);
}

/** All lists and forms, as a rotation with the policy of debsig-verify leaves them. */
async function sign(keys: readonly SigningKey[], names: readonly string[] = ['hello_1_all.deb', 'hello.pol']): Promise<void> {
  const digests = await digestFiles(
    names.map((name) => join(folder, name)),
    { sums: sumAlgorithms, trailers: [] },
  );
  for (const algorithm of sumAlgorithms)
    await writeFile(
      join(folder, checksumFiles[algorithm]),
      formatChecksums(names.map((name, index) => ({ name, digest: digests[index]?.sums[algorithm] ?? '' }))),
    );
  for (const name of [...names, ...Object.values(checksumFiles)]) {
    const { armored, binary } = await signContent(keys, { file: join(folder, name) }, Date.now());
    await writeFile(join(folder, `${name}.asc`), armored);
    await writeFile(join(folder, `${name}.sig`), binary);
  }
}

async function released(fingerprints?: readonly string[]): Promise<readonly string[]> {
  return (await signedFiles({ files, folder, keyName: 'hello', fingerprints }, host)).map(({ name }) => name).sort();
}

describe('what is released', () => {
  const lists = ['B2SUMS', 'SHA256SUMS', 'SHA512SUMS'];
  const signed = [...lists, 'hello.pol', 'hello_1_all.deb'];

  test('is all lists, signatures of all forms, the policy and the key, when two keys signed all of it', async () => {
    const all = [...signed.flatMap((name) => [name, `${name}.asc`, `${name}.sig`]), 'hello.asc', 'hello.gpg'];
    expect(await released([young.fingerprint, old.fingerprint])).toEqual(all.sort());
  });

  test('follows what sign-artifacts was asked for: one list, binary signatures only', async () => {
    for (const name of [...signed.map((one) => `${one}.asc`), 'B2SUMS', 'SHA256SUMS', 'B2SUMS.sig', 'SHA256SUMS.sig'])
      await rm(join(folder, name));
    expect(await released()).toEqual([
      'SHA512SUMS',
      'SHA512SUMS.sig',
      'hello.asc',
      'hello.gpg',
      'hello.pol',
      'hello.pol.sig',
      'hello_1_all.deb',
      'hello_1_all.deb.sig',
    ]);
  });
});

describe('it is refused', () => {
  test('that a key more is published than is known, although it signed too', async () => {
    await expect(released([old.fingerprint])).rejects.toThrowWithCode('E_SIGNATURE', /hello\.asc is another key than/);
  });

  test('that one of two keys did not sign', async () => {
    await sign([old]);
    await expect(released()).rejects.toThrowWithCode('E_SIGNATURE', /did not sign/);
  });

  test('that the binary key is not the armored one', async () => {
    await writeFile(join(folder, 'hello.gpg'), (await publishedKey([young.certificate], Date.now())).binary);
    await expect(released()).rejects.toThrowWithCode('E_SIGNATURE', /hello\.gpg does not hold what hello\.asc holds/);
  });

  test('that the policy was changed, or is in no list', async () => {
    await appendFile(join(folder, 'hello.pol'), ' ');
    await expect(released()).rejects.toThrowWithCode('E_DIGEST', /lists hello\.pol with another digest/);
    await sign([old, young], ['hello_1_all.deb']);
    await expect(released()).rejects.toThrowWithCode('E_DIGEST', /does not list hello\.pol/);
  });

  test('that any one list is wrong, or that there is none', async () => {
    await writeFile(join(folder, 'B2SUMS'), '');
    await expect(released()).rejects.toThrowWithCode('E_DIGEST', /B2SUMS does not list/);
    for (const name of Object.values(checksumFiles)) await rm(join(folder, name));
    await expect(released()).rejects.toThrowWithCode('E_PATH', /SHA256SUMS is not in the folder/);
  });

  test('that one form of a signature is missing', async () => {
    await rm(join(folder, 'hello_1_all.deb.sig'));
    await expect(released()).rejects.toThrowWithCode('E_PATH', /hello_1_all\.deb\.sig is not in the folder/);
  });
});
