/** What sign-artifacts hands to draft-release, with a package that dpkg-buildpackage made. */
import { appendFile, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Host, type RecordingHost, readInputs, recordingHost, UserError } from '@release-kit/action';
import { run as draft, spec as draftSpec } from '@release-kit/action-draft-release';
import { run as sign, spec as signSpec } from '@release-kit/action-sign-artifacts';
import { type BuiltPackage, builtPackage } from '../support/built-package.ts';

// A build, and several programs for each signature, on a busy machine.
jest.setTimeout(120_000);

let host: RecordingHost;
let built: BuiltPackage;

beforeEach(async () => {
  host = await recordingHost();
  built = await builtPackage(host);
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

type Texts = Readonly<Record<string, string>>;

function signBuilt(given: Texts = {}, on: Host = host) {
  const inputs = { manifest: built.manifest, 'manifest-digest': built.digest, 'throw-away-key': 'true', ...given };
  return sign(readInputs(signSpec, inputs, { workspace: host.files.workspace, nameOf: (name) => name }), on);
}

function draftSigned({ manifestDigest, fingerprint }: Texts, given: Texts = {}) {
  const inputs = { 'manifest-digest': manifestDigest ?? '', fingerprint: fingerprint ?? '', tag: 'v1.0.0-rc.1', ...given };
  return draft(readInputs(draftSpec, inputs, { workspace: host.files.workspace, nameOf: (name) => name }), host);
}

test('everything that was signed is released, and passes the programs that users have', async () => {
  const outputs = await signBuilt({ 'deb-signature': 'origin', checksums: 'sha256\nsha512\nblake2', signatures: 'asc\nsig' });
  const drafted = await draftSigned(outputs);
  const release = join(host.files.workspace, 'release');
  const names = drafted.assets.split('\n');
  const signed = [
    'tiny_1.0.rc1.dsc',
    'tiny_1.0.rc1.tar.xz',
    'tiny_1.0.rc1_all.deb',
    'signing-key.pol',
    'B2SUMS',
    'SHA256SUMS',
    'SHA512SUMS',
  ];
  expect(names).toEqual(expect.arrayContaining(signed.flatMap((name) => [name, `${name}.asc`, `${name}.sig`])));
  for (const [tool, sums] of [
    ['sha256sum', 'SHA256SUMS'],
    ['sha512sum', 'SHA512SUMS'],
    ['b2sum', 'B2SUMS'],
  ] as const)
    await host.exec([tool, '--check', '--strict', sums], { cwd: release });
  for (const name of names.filter((one) => /\.(?:asc|sig)$/.test(one) && !one.startsWith('signing-key.asc')))
    await host.exec(['gpgv', '--keyring', './signing-key.gpg', name, name.slice(0, -4)], { cwd: release });
  expect(await readFile(join(release, 'tiny_1.0.rc1.dsc'), 'utf8')).toMatch(/^-----BEGIN PGP SIGNED MESSAGE-----/);
});

test('what was built stays as it was, so that signing can be repeated with the digest of the build job', async () => {
  const before = await contents(built.folder);
  await signBuilt({ 'deb-signature': 'origin' });
  const second = await signBuilt({ 'deb-signature': 'origin' });
  expect(await contents(built.folder)).toEqual(before);
  await draftSigned(second);
});

test('a run that ends half-way leaves nothing, and the next one does everything', async () => {
  const controller = new AbortController();
  const update = (text: string): void => {
    if (text.startsWith('signing')) controller.abort(new UserError('E_CANCELLED', 'interrupted'));
  };
  const halted: Host = { ...host, signal: controller.signal, progress: { ...host.progress, update } };
  await expect(signBuilt({ 'deb-signature': 'origin' }, halted)).rejects.toThrowWithCode('E_CANCELLED');
  expect((await readdir(built.folder)).sort()).toEqual(['manifest.json', ...Object.values(built.names)].sort());
  await draftSigned(await signBuilt());
});

describe('between the jobs', () => {
  const other = 'tiny_1.0~rc1.dsc';
  test.each<readonly [string, (signed: string) => Promise<unknown>, RegExp]>([
    ['a file is changed', (signed) => appendFile(join(signed, other), '\n'), /manifest says|bytes/],
    ['the unsigned file is put back', (signed) => cp(join(built.folder, other), join(signed, other)), /manifest says/],
    ['a list is changed', (signed) => writeFile(join(signed, 'SHA512SUMS'), ''), /does not list/],
    [
      'all of it is signed anew by somebody else',
      async (signed) => {
        await rm(signed, { recursive: true });
        await signBuilt();
      },
      /manifest has the SHA-256/,
    ],
  ])('it is refused that %s', async (_, change, message) => {
    const outputs = await signBuilt();
    await change(join(built.folder, 'signed'));
    await expect(draftSigned(outputs)).rejects.toThrowWithCode('E_DIGEST', message);
  });

  test('it is refused that the key is exchanged along with all signatures', async () => {
    const outputs = await signBuilt({ 'control-files': 'false' });
    await signBuilt({ 'control-files': 'false' });
    await expect(draftSigned(outputs)).rejects.toThrowWithCode('E_SIGNATURE', /another key/);
  });
});

async function contents(folder: string): Promise<readonly (readonly [string, string])[]> {
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name);
  return await Promise.all(names.sort().map(async (name) => [name, (await readFile(join(folder, name))).toString('base64')] as const));
}
