import { appendFile, copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type InputsOf, type OutputsOf, type RecordingHost, readInputs, recordingHost } from '@release-kit/action';
import { describeFile, writeManifest } from '@release-kit/manifest';
import { Ajv } from 'ajv';
import { generateKey } from 'openpgp';
import { run } from './run.ts';
import { spec } from './spec.ts';
import { verificationReportSchema } from './verification-report-schema.ts';

jest.setTimeout(60_000);

const facts = { package: 'hello', version: '1.0~rc1-1', architecture: 'amd64', distribution: 'debian:12' } as const;
const deb = 'hello_1.0~rc1-1_amd64.deb';
const finalDeb = 'hello_1.0.rc1-1_amd64.deb';
let host: RecordingHost;
let signed: OutputsOf<typeof spec>;
let folder = '';

type Inputs = InputsOf<typeof spec>;
const inputs = (given: Readonly<Record<string, string>>): Inputs => {
  const { workspace } = host.files;
  return readInputs(spec, { manifest: 'out/manifest.json', 'control-files': 'false', ...given }, { workspace, nameOf: (name) => name });
};
const verify = (given: Readonly<Record<string, string>>): Promise<OutputsOf<typeof spec>> =>
  run(inputs({ mode: 'verify', ...given }), host);

beforeEach(async () => {
  host = await recordingHost();
  const out = join(host.files.workspace, 'out');
  await mkdir(out);
  await writeFile(join(out, deb), 'package');
  await writeManifest(join(out, 'manifest.json'), {
    schema: 1,
    sourceDateEpoch: 1,
    sources: [{ package: 'hello', version: '1.0~rc1-1' }],
    files: [await describeFile(out, deb, { ...facts, kind: 'deb' })],
  });
  signed = await run(inputs({ 'throw-away-key': 'true', signatures: 'asc\nsig', checksums: 'sha256\nsha512\nblake2' }), host);
  folder = join(out, 'signed');
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

/** A download of some of the assets, by the names of the release. */
async function download(...names: readonly string[]): Promise<string> {
  const place = join(host.files.workspace, 'download');
  await mkdir(place);
  for (const name of names) await copyFile(join(folder, name === finalDeb ? deb : name), join(place, name));
  return place;
}

describe('mode verify', () => {
  test('verifies what mode sign wrote, by the fingerprint of the key that lies in it, and says what vouches for each file', async () => {
    const outputs = await verify({ fingerprint: signed.fingerprint });
    expect(outputs).toMatchObject({ fingerprint: signed.fingerprint, verified: expect.stringContaining(deb) });
    const said = host.recorded.lines.join('\n');
    expect(said).toMatch(/^trusted key: ([0-9A-F]{4} {1,2}){9}[0-9A-F]{4}, /m);
    expect(said).toMatch(/^verified {2}hello_1\.0~rc1-1_amd64\.deb +signed, in SHA256SUMS, SHA512SUMS, B2SUMS, the manifest$/m);
    expect(said).toMatch(/^the key {3}signing-key\.asc$/m);
    expect(host.summary.text).toMatch(/### Verification\n\nNothing is wrong\. Verified by gpgv/);
  });

  test('verifies a download of some assets with a key from elsewhere; a report for programs says the same', async () => {
    const place = await download(finalDeb, 'SHA256SUMS', 'SHA256SUMS.asc');
    await verify({ 'signed-files': place, 'public-key': signed.publicKey, report: 'report.json' });
    const report: unknown = JSON.parse(await readFile(join(host.files.workspace, 'report.json'), 'utf8'));
    expect(new Ajv({ strict: true }).validate(verificationReportSchema, report)).toBe(true);
    expect(report).toMatchObject({
      result: 'passed',
      keys: [signed.fingerprint],
      files: [
        { name: 'SHA256SUMS', verified: true, signatures: ['SHA256SUMS.asc'] },
        { name: finalDeb, verified: true, listedIn: ['SHA256SUMS'], signedBy: [] },
      ],
    });
  });

  test('verifies one file by its signature in either form', async () => {
    const place = await download(finalDeb, `${finalDeb}.asc`, `${finalDeb}.sig`);
    for (const form of ['asc', 'sig']) {
      expect((await verify({ 'signed-files': join(place, finalDeb), 'public-key': signed.publicKey })).verified).toBe(finalDeb);
      await rm(join(place, `${finalDeb}.${form}`));
    }
    await expect(verify({ 'signed-files': join(place, finalDeb), 'public-key': signed.publicKey })).rejects.toThrowWithCode(
      'E_SIGNATURE',
      /nothing that is signed covers it/,
    );
  });

  test('a changed file is E_SIGNATURE, and the report is written all the same', async () => {
    await appendFile(join(folder, deb), 'x');
    await expect(verify({ 'public-key': signed.publicKey, report: 'report.json' })).rejects.toThrowWithCode(
      'E_SIGNATURE',
      /^hello_1\.0~rc1-1_amd64\.deb: .*was changed$/,
    );
    expect(host.recorded.lines.join('\n')).toMatch(
      /^WRONG {5}hello_1\.0~rc1-1_amd64\.deb\n {10}hello_1\.0\.rc1-1_amd64\.deb\.asc: the content/m,
    );
    expect(host.summary.text).toContain('**It failed.**');
    expect(JSON.parse(await readFile(join(host.files.workspace, 'report.json'), 'utf8'))).toMatchObject({ result: 'failed' });
  });

  test('without a word on whom to trust it refuses, and names the key that lies there without trusting it', async () => {
    await expect(verify({})).rejects.toThrowWithCode('E_INPUT', /which key to trust/);
    await expect(verify({})).rejects.toMatchObject({ cure: expect.stringContaining(signed.fingerprint) });
  });

  test('another fingerprint than that of the key in the folder is refused', async () => {
    await expect(verify({ fingerprint: 'A'.repeat(40) })).rejects.toThrowWithCode(
      'E_KEY_UNUSABLE',
      /no public key with the fingerprint A{40}/,
    );
    await expect(verify({ fingerprint: 'A'.repeat(40), 'public-key': signed.publicKey })).rejects.toThrowWithCode('E_KEY_UNUSABLE');
  });

  test("a stranger's key file in the folder that carries a subkey with the fingerprint is not trusted for it", async () => {
    const now = new Date(Date.now() - 1000);
    const make = (name: string) =>
      generateKey({ type: 'ecc', curve: 'ed25519Legacy', userIDs: [{ name }], subkeys: [{ sign: true }], date: now, format: 'object' });
    const [{ publicKey: owner }, { publicKey: stranger }] = [await make('Owner'), await make('Stranger')];
    stranger.subkeys = owner.subkeys;
    const wanted = owner.subkeys[0]?.getFingerprint().toUpperCase() ?? '';
    await writeFile(join(folder, 'other.asc'), stranger.armor());
    await expect(verify({ fingerprint: wanted })).rejects.toThrowWithCode('E_KEY_UNUSABLE', /no public key with the fingerprint/);
    await expect(verify({ fingerprint: wanted })).rejects.toMatchObject({
      cure: expect.stringMatching(/of a subkey, which proves nothing/),
    });
  });

  test('sums-only finds damage without a key, says what it does not do, and goes with no key', async () => {
    for (const name of await readdir(folder)) if (/\.(?:asc|sig|gpg)$/.test(name)) await rm(join(folder, name));
    await verify({ 'sums-only': 'true' });
    expect(host.recorded.lines.join('\n')).toMatch(/no signature: whoever changed the files/);
    await appendFile(join(folder, deb), 'x');
    await expect(verify({ 'sums-only': 'true' })).rejects.toThrowWithCode('E_DIGEST', /another digest/);
    await expect(verify({ 'sums-only': 'true', fingerprint: signed.fingerprint })).rejects.toThrowWithCode('E_INPUT');
  });

  test("a manifest that is not the job's is E_DIGEST", async () => {
    await expect(verify({ fingerprint: signed.fingerprint, 'manifest-digest': 'a'.repeat(64) })).rejects.toThrowWithCode('E_DIGEST');
    await verify({ fingerprint: signed.fingerprint, 'manifest-digest': signed.manifestDigest });
  });

  test('names of strangers are shown harmless', async () => {
    await writeFile(join(folder, '\u001b[2J::error::|<b>`@everyone.deb'), 'x');
    await expect(verify({ fingerprint: signed.fingerprint })).rejects.toThrowWithCode('E_SIGNATURE', /^\\x1b\[2J/);
    expect(host.recorded.lines.join('\n')).not.toContain('\u001b');
    expect(host.summary.text).not.toContain('<b>');
  });

  test('a folder that is not there is E_PATH, an empty one E_SIGNATURE', async () => {
    const place = join(host.files.workspace, 'empty');
    await mkdir(place);
    await expect(verify({ 'signed-files': place, 'public-key': signed.publicKey })).rejects.toThrowWithCode(
      'E_SIGNATURE',
      /nothing here is signed/,
    );
    await expect(verify({ manifest: 'elsewhere/manifest.json', 'public-key': signed.publicKey })).rejects.toThrowWithCode('E_PATH');
  });
});
