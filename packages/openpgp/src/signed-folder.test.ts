import { appendFile, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { checksumFiles, formatChecksums } from './checksums.ts';
import { clearSign } from './clear-sign.ts';
import { sumAlgorithms } from './content-digests.ts';
import { detachedSignature, publicKeyArmored, signContent } from './signature.ts';
import { type FolderRequest, type FolderVerification, verifyFolder } from './signed-folder.ts';
import type { SigningKey } from './signing-key.ts';
import { makeThrowAwayKey } from './throw-away-key.ts';
import { parseTrustedKeys, type TrustedKey } from './trusted-keys.ts';

jest.setTimeout(60_000);

let host: RecordingHost;
let folder = '';
let key: SigningKey;
let trusted: readonly TrustedKey[] = [];

beforeEach(async () => {
  host = await recordingHost();
  folder = join(host.files.workspace, 'release');
  await mkdir(folder);
  key = await makeThrowAwayKey(Date.now());
  trusted = await parseTrustedKeys(Buffer.from(await publicKeyArmored(key)), 'key');
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

const put = (name: string, content: string | Uint8Array) => writeFile(join(folder, name), content);
const sign = async (name: string, by: SigningKey = key) =>
  put(`${name}.asc`, await detachedSignature(by, { file: join(folder, name) }, Date.now()));

/** A .changes file as Debian writes it, of files that are here under the names of release assets. */
async function changesOf(...names: readonly string[]): Promise<string> {
  const rows = await Promise.all(
    names.map(async (name) => {
      const { size, sums } = await signContent([], { file: join(folder, name.replaceAll('~', '.')) }, 0, ['sha256']);
      return { name, size, sha256: sums.sha256 };
    }),
  );
  return [
    'Source: hello',
    'Version: 1.0~rc1-1',
    'Architecture: amd64',
    'Distribution: unstable',
    `Checksums-Sha256:${rows.map(({ name, size, sha256 }) => `\n ${sha256} ${size} ${name}`).join('')}`,
    `Files:${rows.map(({ name, size }) => `\n ${'0'.repeat(32)} ${size} misc optional ${name}`).join('')}\n`,
  ].join('\n');
}

const deb = 'hello_1.0.rc1-1_amd64.deb';
const changes = 'hello_1.0.rc1-1_amd64.changes';

/** Everything sign-artifacts writes. */
async function release(): Promise<void> {
  await put(deb, 'package');
  await put(changes, await clearSign([key], await changesOf('hello_1.0~rc1-1_amd64.deb'), Date.now()));
  await put('hello_1.0.orig.tar.xz', 'upstream');
  await put('hello_1.0.orig.tar.xz.asc', "upstream's own signature");
  await put('signing-key.asc', await publicKeyArmored(key));
  const names = [deb, changes, 'hello_1.0.orig.tar.xz', 'hello_1.0.orig.tar.xz.asc'];
  for (const algorithm of sumAlgorithms) {
    const entries = await Promise.all(
      names.map(async (name) => ({
        name,
        digest: (await signContent([], { file: join(folder, name) }, 0, [algorithm])).sums[algorithm] ?? '',
      })),
    );
    await put(checksumFiles[algorithm], formatChecksums(entries));
    await sign(checksumFiles[algorithm]);
  }
  await sign(deb);
  await sign(changes);
}

const verify = (more: Partial<FolderRequest> = {}): Promise<FolderVerification> =>
  verifyFolder({ folder, keys: trusted, need: 'any', publishedName: (name) => name.replaceAll('~', '.'), ...more }, host);

const verdictOf = ({ files }: FolderVerification, name: string) => files.find((file) => file.name === name);
const problemsIn = ({ files }: FolderVerification) =>
  Object.fromEntries(files.flatMap(({ name, problems }) => (problems.length === 0 ? [] : [[name, problems]])));

describe('a folder of signed files', () => {
  test('as it was signed passes: each file is vouched for, the key is known, and nothing is remarked', async () => {
    await release();
    const found = await verify();
    expect(problemsIn(found)).toEqual({});
    expect(found).toMatchObject({ passed: true, missing: [], lonely: [], keys: [key.fingerprint] });
    expect(found.files.filter(({ covered }) => !covered).map(({ name }) => name)).toEqual(['signing-key.asc']);
    expect(found.files.flatMap(({ remarks }) => remarks)).toEqual([]);
    expect(verdictOf(found, deb)).toMatchObject({
      signatures: [`${deb}.asc`],
      signedBy: [key.fingerprint],
      listedIn: ['SHA256SUMS', 'SHA512SUMS', 'B2SUMS', changes],
    });
    expect(verdictOf(found, changes)?.signatures).toEqual([`${changes}.asc`, changes]);
    expect(verdictOf(found, 'hello_1.0.orig.tar.xz.asc')).toMatchObject({ covered: true, signatures: [] });
  });

  test('passes as well before it is published, under the names that the files were built with', async () => {
    await release();
    await rename(join(folder, deb), join(folder, 'hello_1.0~rc1-1_amd64.deb'));
    const found = await verify();
    expect(found).toMatchObject({ passed: true, missing: [], lonely: [] });
    expect(verdictOf(found, 'hello_1.0~rc1-1_amd64.deb')).toMatchObject({ covered: true, signatures: [`${deb}.asc`] });
    // The one of the exact name is meant, and nobody vouches for the other.
    await put(deb, 'evil');
    expect((await verify()).passed).toBe(false);
  });

  test('of which only some were downloaded passes as well, and says what is not here', async () => {
    await release();
    for (const name of [changes, 'hello_1.0.orig.tar.xz', 'B2SUMS']) await rm(join(folder, name));
    expect(await verify()).toMatchObject({
      passed: true,
      missing: ['hello_1.0.orig.tar.xz', changes],
      lonely: ['B2SUMS.asc', `${changes}.asc`],
    });
  });

  test('a changed file is found by every list and by its signature', async () => {
    await release();
    await appendFile(join(folder, deb), 'x');
    const found = await verify();
    expect(found.passed).toBe(false);
    expect(verdictOf(found, deb)?.covered).toBe(false);
    expect(problemsIn(found)).toEqual({
      [deb]: [
        `${deb}.asc: the content or the signature was changed`,
        ...['SHA256SUMS', 'SHA512SUMS', 'B2SUMS', changes].map((list) => `${list} lists it with another digest or size`),
      ],
    });
  });

  test('what somebody adds beside it fails when it is a package, and is remarked when it is not', async () => {
    await release();
    await put('evil_1_all.deb', 'evil');
    await put('notes.md', 'notes');
    const found = await verify();
    expect(found.passed).toBe(false);
    expect(problemsIn(found)).toEqual({ 'evil_1_all.deb': ['nothing that is signed covers it'] });
    expect(verdictOf(found, 'notes.md')?.remarks).toEqual(['nothing that is signed covers it']);
  });

  test('signed again by somebody else fails, file by file', async () => {
    await release();
    const other = await makeThrowAwayKey(Date.now());
    await put(deb, 'evil');
    await sign(deb, other);
    await put(
      'SHA256SUMS',
      formatChecksums([{ name: deb, digest: (await signContent([], { file: join(folder, deb) }, 0, ['sha256'])).sums.sha256 ?? '' }]),
    );
    await sign('SHA256SUMS', other);
    await put('signing-key.asc', await publicKeyArmored(other));
    const found = await verify();
    expect(found.passed).toBe(false);
    expect(problemsIn(found)).toMatchObject({
      [deb]: expect.arrayContaining([`${deb}.asc: it was made by another key`]),
      SHA256SUMS: ['SHA256SUMS.asc: it was made by another key'],
    });
    expect(verdictOf(found, 'signing-key.asc')?.remarks).toEqual(['nothing that is signed covers it']);
  });

  test('a list without signature vouches for nothing', async () => {
    await release();
    for (const name of ['SHA512SUMS', 'B2SUMS', changes, 'SHA256SUMS.asc', `${deb}.asc`]) await rm(join(folder, name));
    const found = await verify();
    expect(found.passed).toBe(false);
    expect(problemsIn(found)).toMatchObject({ SHA256SUMS: ['no signature of it is here'], [deb]: ['nothing that is signed covers it'] });
  });

  test('without any key digests alone are compared, which finds what was damaged', async () => {
    await release();
    expect(await verify({ keys: undefined })).toMatchObject({ passed: true, keys: undefined, tools: undefined });
    await put('evil_1_all.deb', 'evil');
    expect(problemsIn(await verify({ keys: undefined }))).toEqual({ 'evil_1_all.deb': ['no list has it'] });
    await appendFile(join(folder, deb), 'x');
    expect((await verify({ keys: undefined })).passed).toBe(false);
  });

  test('a link, or a list with names that lead elsewhere, is refused', async () => {
    await release();
    await rename(join(folder, deb), join(host.files.workspace, deb));
    await symlink(join(host.files.workspace, deb), join(folder, deb));
    expect(problemsIn(await verify())).toMatchObject({ [deb]: ['it is not a plain file'] });
    for (const name of ['../SHA256SUMS', '/etc/passwd', 'a/b', '-x']) {
      await put('SHA256SUMS', `${'a'.repeat(64)}  ${name}\n`);
      await sign('SHA256SUMS');
      expect(problemsIn(await verify())['SHA256SUMS']).toEqual([expect.stringMatching(/^line 1: .* names no plain file$/)]);
    }
  });

  test("a developer's own signature inside a .changes file is remarked, a changed text is wrong", async () => {
    await put(deb, 'package');
    const developer = await makeThrowAwayKey(Date.now());
    const text = await clearSign([developer], await changesOf('hello_1.0~rc1-1_amd64.deb'), Date.now());
    await put(changes, text);
    await sign(changes);
    const found = await verify();
    expect(found.passed).toBe(true);
    expect(verdictOf(found, changes)?.remarks).toEqual(['the signature inside: it was made by a key that is not trusted here']);
    // The signed .changes vouches for the package.
    expect(verdictOf(found, deb)).toMatchObject({ covered: true, listedIn: [changes] });
    await put(changes, (await clearSign([key], await changesOf('hello_1.0~rc1-1_amd64.deb'), Date.now())).replace('unstable', 'stable'));
    await rm(join(folder, `${changes}.asc`));
    expect(problemsIn(await verify())).toEqual({
      [changes]: ['the signature inside: the content or the signature was changed'],
      [deb]: ['nothing that is signed covers it'],
    });
  });

  test('what a manifest says is compared; it vouches for files when its own digest was told', async () => {
    await put(deb, 'package');
    const { sums } = await signContent([], { file: join(folder, deb) }, 0, ['sha256']);
    const digests = new Map([[deb, sums.sha256 ?? '']]);
    expect((await verify({ manifest: { digests, trusted: true } })).passed).toBe(true);
    expect((await verify({ manifest: { digests, trusted: false } })).passed).toBe(false);
    const other = new Map([[deb, 'a'.repeat(64)]]);
    expect(problemsIn(await verify({ manifest: { digests: other, trusted: true } }))).toEqual({
      [deb]: ['the manifest lists it with another digest or size'],
    });
  });

  test('an empty folder, and one without anything signed, do not pass', async () => {
    expect((await verify()).passed).toBe(false);
    await put('notes.md', 'notes');
    expect((await verify()).passed).toBe(false);
    await expect(verify({ folder: join(folder, 'missing') })).rejects.toThrowWithCode('E_PATH');
  });
});

describe('a single file', () => {
  test('is verified by its own signature or by a signed list, whatever else lies there', async () => {
    await release();
    await put('evil_1_all.deb', 'evil');
    const own = await verify({ only: deb });
    expect(own.passed).toBe(true);
    expect(own.files.map(({ name }) => name)).toEqual(['B2SUMS', 'SHA256SUMS', 'SHA512SUMS', deb].sort());
    expect((await verify({ only: 'hello_1.0.orig.tar.xz' })).passed).toBe(true);
    expect((await verify({ only: 'SHA256SUMS' })).passed).toBe(true);
    expect((await verify({ only: 'evil_1_all.deb' })).passed).toBe(false);
  });

  test.each([`${deb}.asc`, 'missing.deb'])('%s is none: E_PATH', async (only) => {
    await release();
    await expect(verify({ only })).rejects.toThrowWithCode('E_PATH');
  });
});
