import { createHash } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type InputsOf, type RecordingHost, readInputs, recordingHost } from '@release-kit/action';
import { describeFile, type ManifestFile, writeManifest } from '@release-kit/manifest';
import { run } from './run.ts';
import { spec } from './spec.ts';

// gpg makes keys slowly on a busy machine.
jest.setTimeout(60_000);

const facts = { package: 'hello', version: '1.0~rc1-1', architecture: 'amd64', distribution: 'debian:12' } as const;
const deb = 'hello_1.0~rc1-1_amd64.deb';
const finalDeb = 'hello_1.0.rc1-1_amd64.deb';
let host: RecordingHost;

beforeEach(async () => {
  host = await recordingHost();
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

type Inputs = InputsOf<typeof spec>;
/** What a run gets from a user who names nothing but a manifest; the control files of these tests are not what their names say. */
const none: Inputs = readInputs(spec, { manifest: '/', 'control-files': 'false' }, { workspace: '/', nameOf: (name) => name });

async function built(
  names: Readonly<Record<string, ManifestFile['kind']>> = { [deb]: 'deb', 'hello_1.0~rc1-1_amd64.changes': 'changes' },
): Promise<{ folder: string; inputs: Inputs; digest: string }> {
  const folder = join(host.files.workspace, 'out');
  await mkdir(folder);
  const files = [];
  for (const [name, kind] of Object.entries(names)) {
    await writeFile(join(folder, name), `content of ${name}`);
    files.push(await describeFile(folder, name, { ...facts, kind }));
  }
  const manifest = join(folder, 'manifest.json');
  const digest = await writeManifest(manifest, {
    schema: 1,
    sourceDateEpoch: 1,
    sources: [{ package: 'hello', version: '1.0~rc1-1' }],
    files,
  });
  return { folder, digest, inputs: { ...none, manifest } };
}

/** A key as a user makes it with gpg. */
async function gpgKey(passphrase = ''): Promise<string> {
  // With a host of its own: what the test itself does with the secret is not on record.
  await using own = await recordingHost();
  await using folder = await own.files.temporary('g');
  const gpg = (...args: string[]) =>
    own.exec(['gpg', '--homedir', folder.path, '--batch', '--pinentry-mode', 'loopback', '--passphrase', passphrase, ...args]);
  await gpg('--quick-gen-key', 'Jane <jane@example.org>', 'ed25519', 'sign', '20d');
  const { stdout } = await gpg('--armor', '--export-secret-keys');
  await own.exec(['gpgconf', '--homedir', folder.path, '--kill', 'gpg-agent']);
  return stdout;
}

describe('sign-artifacts', () => {
  test('lists final names in checksum files and signs every file and these with a throw-away key, saying so', async () => {
    const { folder, inputs, digest } = await built();
    const outputs = await run({ ...inputs, manifestDigest: digest, throwAwayKey: true }, host);
    const sha256 = createHash('sha256').update(`content of ${deb}`).digest('hex');
    expect(outputs.checksums.split('\n')).toEqual([`${folder}/signed/SHA256SUMS`, `${folder}/signed/SHA512SUMS`]);
    expect(await readFile(join(folder, 'signed', 'SHA256SUMS'), 'utf8')).toContain(`${sha256}  ${finalDeb}\n`);
    expect(outputs.signatures.split('\n')).toEqual([
      `${folder}/signed/hello_1.0.rc1-1_amd64.changes.asc`,
      `${folder}/signed/${finalDeb}.asc`,
      `${folder}/signed/SHA256SUMS.asc`,
      `${folder}/signed/SHA512SUMS.asc`,
    ]);
    expect(outputs.fingerprint).toMatch(/^[0-9A-F]{40}$/);
    expect((await readdir(join(folder, 'signed'))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(host.recorded.lines.join('\n')).toMatch(
      /no key is given: signing with a key made for this run only, [0-9A-F]{40}; nobody can trust/,
    );
    expect(host.summary.text).toMatch(/\*\*throw-away key\*\*.*Nobody can trust/);
    expect(host.summary.text).toContain(outputs.fingerprint);
  });

  test('the lines of the summary verify a download, and find a changed file', async () => {
    const { inputs } = await built({ 'a_1_all.deb': 'deb', 'b_1_all.deb': 'deb' });
    const output = join(host.files.workspace, 'signed');
    await run({ ...inputs, output, throwAwayKey: true }, host);
    await rm(join(output, 'b_1_all.deb'));
    const howTo = /```sh\n([\s\S]*?)\n```/.exec(host.summary.text)?.[1] ?? '';
    expect(howTo.split('\n')).toHaveLength(2);
    await host.exec(['sh', '-ec', howTo], { cwd: output });
    await appendFile(join(output, 'a_1_all.deb'), 'x');
    await expect(host.exec(['sh', '-ec', howTo], { cwd: output })).rejects.toThrowWithCode('E_COMMAND');
  });

  test('a given key signs; a near expiry is annotated; neither key nor passphrase nor its lines are ever said', async () => {
    const passphrase = 'long "pass" phrase ä';
    const key = await gpgKey(passphrase);
    const { folder, inputs } = await built();
    const outputs = await run({ ...inputs, key: Buffer.from(key).toString('base64'), passphrase }, host);
    expect(host.recorded.annotations).toEqual([
      { level: 'warning', title: 'signing key', message: expect.stringMatching(`^The signing key ${outputs.fingerprint} expires on `) },
    ]);
    expect(host.summary.text).toContain('Jane');
    expect(host.recorded.masked).toContain(passphrase);
    // The head of the block is public, as are the user id and the self-signature at its tail.
    const secretLines = key
      .split('\n')
      .filter((line) => line.length === 64)
      .slice(1, 3);
    for (const line of secretLines) expect(host.recorded.maskedForms).toContain(line);
    const signed = join(folder, 'signed');
    const published = await Promise.all((await readdir(signed)).map((name) => readFile(join(signed, name), 'utf8')));
    const said = [
      ...host.recorded.lines,
      ...host.recorded.debug,
      host.summary.text,
      JSON.stringify(host.recorded.annotations),
      ...Object.values(outputs),
      ...published,
    ].join('\n');
    for (const secret of [passphrase, ...secretLines]) expect(said).not.toContain(secret);
  });

  test('no key is E_INPUT that names the empty secret', async () => {
    const { inputs } = await built();
    await expect(run(inputs, host)).rejects.toThrowWithCode('E_INPUT', /input key is empty/);
    await expect(run(inputs, host)).rejects.toMatchObject({ cure: expect.stringMatching(/secrets: inherit/) });
  });

  test('a passphrase too short to be masked is told, whether it opens the key or not', async () => {
    const { inputs } = await built();
    await expect(run({ ...inputs, key: await gpgKey('short'), passphrase: 'sho' }, host)).rejects.toThrowWithCode('E_PASSPHRASE');
    expect(host.recorded.lines).toEqual([expect.stringMatching(/^warning: A secret of less than 8 characters is not masked in logs/)]);
  });

  test('a bad key is refused before any file is read', async () => {
    await expect(run({ ...none, manifest: '/missing/manifest.json', key: 'rubbish!' }, host)).rejects.toThrowWithCode('E_KEY_FORMAT');
  });

  test('a file that was changed after the build is E_DIGEST and nothing is signed', async () => {
    const { folder, inputs } = await built();
    await appendFile(join(folder, deb), 'x');
    await expect(run({ ...inputs, throwAwayKey: true }, host)).rejects.toThrowWithCode('E_DIGEST');
    expect((await readdir(folder)).filter((name) => !inputs.manifest.endsWith(name)).sort()).toEqual([
      'hello_1.0~rc1-1_amd64.changes',
      deb,
    ]);
  });

  test('another manifest than the job handed over is E_DIGEST', async () => {
    const { inputs } = await built();
    await expect(run({ ...inputs, manifestDigest: '0'.repeat(64), throwAwayKey: true }, host)).rejects.toThrowWithCode('E_DIGEST');
  });

  test('two files with one final name are E_NAME_COLLISION', async () => {
    const { inputs } = await built({ 'a_1~2_all.deb': 'deb', 'a_1.2_all.deb': 'deb' });
    await expect(run({ ...inputs, throwAwayKey: true }, host)).rejects.toThrowWithCode('E_NAME_COLLISION', /a_1\.2_all\.deb/);
  });

  test("upstream's signature in a source package stays, and is listed", async () => {
    const upstream = 'hello_1.orig.tar.xz.asc';
    const { folder, inputs } = await built({ [upstream]: 'source', 'hello_1.orig.tar.xz': 'source', 'hello_1-1.dsc': 'dsc' });
    const outputs = await run({ ...inputs, throwAwayKey: true }, host);
    expect(outputs.signatures.split('\n').map((path) => basename(path))).toEqual(['hello_1-1.dsc.asc', 'SHA256SUMS.asc', 'SHA512SUMS.asc']);
    expect(await readFile(join(folder, 'signed', upstream), 'utf8')).toBe(`content of ${upstream}`);
    expect((await readFile(join(folder, 'signed', 'SHA256SUMS'), 'utf8')).split('\n')).toHaveLength(4);
  });

  test('an empty manifest is refused', async () => {
    const { inputs } = await built({});
    await expect(run({ ...inputs, throwAwayKey: true }, host)).rejects.toThrowWithCode('E_MANIFEST');
  });
});
