import { appendFile, copyFile, mkdir, readdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type InputsOf, type RecordingHost, readInputs, recordingHost, UserError } from '@release-kit/action';
import { describeFile, writeManifest } from '@release-kit/manifest';
import { detachedSignature, formatChecksums, makeThrowAwayKey, publishedKey, type SigningKey } from '@release-kit/openpgp';
import { attestationOf } from './attestation.test-support.ts';
import { run } from './run.ts';
import { spec } from './spec.ts';

// gpg makes keys slowly on a busy machine.
jest.setTimeout(60_000);

type Inputs = InputsOf<typeof spec>;
const facts = { package: 'hello', version: '1.0~rc1-1', architecture: 'amd64', distribution: 'debian:12' } as const;
const deb = 'hello_1.0~rc.1-1_amd64.deb';
const finalDeb = 'hello_1.0.rc.1-1_amd64.deb';
const changes = 'hello_1.0~rc.1-1_amd64.changes';
const finalChanges = 'hello_1.0.rc.1-1_amd64.changes';
let host: RecordingHost;
let key: SigningKey;
let inputs: Inputs;

beforeEach(async () => {
  host = await recordingHost();
  key = await makeThrowAwayKey(Date.now());
  inputs = await signedBuild();
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

/** What build-deb and sign-artifacts leave behind. */
async function signedBuild(): Promise<Inputs> {
  const folder = join(host.files.workspace, 'build');
  await mkdir(folder);
  await writeFile(join(folder, deb), 'a package');
  await writeFile(join(folder, changes), 'Format: 1.8\n');
  const files = [
    await describeFile(folder, deb, { ...facts, kind: 'deb' }),
    await describeFile(folder, changes, { ...facts, kind: 'changes' }),
  ];
  await writeManifest(join(folder, 'manifest.json'), {
    schema: 1,
    sourceDateEpoch: 1,
    sources: [{ package: 'hello', version: '1.0~rc1-1' }],
    files,
  });
  const checksums = formatChecksums(files.map(({ path, sha256 }) => ({ name: path.replace('~', '.'), digest: sha256 })));
  await writeFile(join(folder, 'SHA256SUMS'), checksums);
  const published = await publishedKey([key.certificate], Date.now());
  await writeFile(join(folder, 'signing-key.asc'), published.armored);
  await writeFile(join(folder, 'signing-key.gpg'), published.binary);
  for (const [name, final] of [
    [deb, finalDeb],
    [changes, finalChanges],
    ['SHA256SUMS', 'SHA256SUMS'],
  ] as const) {
    await writeFile(join(folder, `${final}.asc`), await detachedSignature(key, { file: join(folder, name) }, Date.now()));
  }
  await writeFile(join(host.files.workspace, 'NOTES.md'), '## Features\n\n- one\n');
  const given = {
    assets: folder,
    tag: 'v1.0.0-rc.1',
    notes: join(host.files.workspace, 'NOTES.md'),
    output: join(host.files.workspace, 'release'),
    commit: 'c'.repeat(40),
  };
  return readInputs(spec, given, { workspace: host.files.workspace, nameOf: (name) => name });
}

const released = [
  'SHA256SUMS',
  'SHA256SUMS.asc',
  finalChanges,
  `${finalChanges}.asc`,
  finalDeb,
  `${finalDeb}.asc`,
  'signing-key.asc',
  'signing-key.gpg',
];

describe('draft-release to a folder', () => {
  test('lays out final names, notes and a record; sha256sum and gpgv accept the folder as it is', async () => {
    const outputs = await run(inputs, host);
    const said = { assets: released.join('\n'), channel: 'beta', published: 'false' };
    expect(outputs).toEqual({ releaseId: inputs.output, url: `file://${inputs.output}`, exists: '', ...said });
    expect((await readdir(inputs.output)).sort()).toEqual([...released, 'notes.md', 'release.json'].sort());
    expect(await readFile(join(inputs.output, 'notes.md'), 'utf8')).toBe('## Features\n\n- one\n');
    const record: unknown = JSON.parse(await readFile(join(inputs.output, 'release.json'), 'utf8'));
    expect(record).toMatchObject({ schema: 1, tag: 'v1.0.0-rc.1', draft: true, prerelease: true, commit: 'c'.repeat(40) });
    await host.exec(['sha256sum', '--check', '--strict', 'SHA256SUMS'], { cwd: inputs.output });
    await host.exec(['sh', '-ec', `gpgv --keyring ./signing-key.gpg ${finalDeb}.asc ${finalDeb}`], {
      cwd: inputs.output,
      env: { HOME: host.files.workspace },
    });
    expect((await stat(inputs.output)).mode & 0o777).toBe(0o755);
    expect((await readdir(host.files.workspace)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('prints the plan before it acts, and ends with a table in the summary', async () => {
    await run(inputs, host);
    const log = host.recorded.lines.join('\n');
    expect(log).toMatch(
      /▸ Plan: prerelease v1\.0\.0-rc\.1 with 8 assets\n[\s\S]*hello_1\.0\.rc\.1-1_amd64\.deb +9 B\n[\s\S]*signatures, each beside its file as \.asc/,
    );
    expect(log).toContain('8 uploaded, 0 kept, 0 replaced');
    expect(host.summary.text).toContain(`| \`${finalDeb}\` | 9\u00a0B | `);
    expect(host.summary.text).toMatch(/### Draft prerelease[\s\S]*It is not published/);
  });

  test('a dry run prints the same plan and writes nothing', async () => {
    const said = { assets: released.join('\n'), channel: 'beta', published: 'false' };
    expect(await run({ ...inputs, dryRun: true }, host)).toEqual({ releaseId: '', url: '', exists: '', ...said });
    expect(host.recorded.lines.join('\n')).toMatch(/▸ Plan: prerelease v1\.0\.0-rc\.1 with 8 assets[\s\S]*dry run/);
    expect(host.summary.text).toMatch(/### Plan of a prerelease\n\n.*8 assets\. Nothing was written\./);
    await expect(readdir(inputs.output)).rejects.toThrow(/ENOENT/);
  });

  test('run twice it gives the same bytes, keeps logs and the summary, and says what was kept', async () => {
    await run(inputs, host);
    await mkdir(join(inputs.output, 'logs'));
    await writeFile(join(inputs.output, 'logs', 'build.log'), 'log');
    await writeFile(join(inputs.output, 'summary.md'), 'summary');
    const before = await readFile(join(inputs.output, 'release.json'));
    await run(inputs, host);
    expect(await readFile(join(inputs.output, 'release.json'))).toEqual(before);
    expect(await readFile(join(inputs.output, 'logs', 'build.log'), 'utf8')).toBe('log');
    expect(await readFile(join(inputs.output, 'summary.md'), 'utf8')).toBe('summary');
    expect(host.recorded.lines).toContain('0 uploaded, 8 kept, 0 replaced');
  });

  test('without notes the notes are empty, and the commit is that of the run when none is given', async () => {
    await using onRunner = await recordingHost({ workspace: host.files.workspace, env: { GITHUB_SHA: 'd'.repeat(40) } });
    await run({ ...inputs, notes: undefined, commit: undefined, tag: 'v1.0.0' }, onRunner);
    expect(await readFile(join(inputs.output, 'notes.md'), 'utf8')).toBe('');
    expect(JSON.parse(await readFile(join(inputs.output, 'release.json'), 'utf8'))).toMatchObject({
      prerelease: false,
      commit: 'd'.repeat(40),
    });
  });
});

describe('what other jobs hand over', () => {
  test('notes as text are the same as notes in a file, and only one of both can be meant', async () => {
    await run({ ...inputs, notes: undefined, notesText: '## Features\r\n\r\n- one' }, host);
    expect(await readFile(join(inputs.output, 'notes.md'), 'utf8')).toBe('## Features\n\n- one\n');
    await expect(run({ ...inputs, notesText: 'x' }, host)).rejects.toThrowWithCode('E_INPUT', /notes and notes-text are given/);
  });

  test('an attestation is an asset of the plan, without a signature of ours; one of an earlier build stops the run', async () => {
    const attestation = join(host.files.workspace, 'v1.0.0-rc.1.sigstore.json');
    const contents = { [deb]: 'a package', [changes]: 'Format: 1.8\n' };
    await writeFile(attestation, attestationOf(contents));
    const outputs = await run({ ...inputs, attestation }, host);
    expect(outputs.assets.split('\n')).toEqual([...released, 'v1.0.0-rc.1.sigstore.json'].sort());
    expect(await readFile(join(inputs.output, 'v1.0.0-rc.1.sigstore.json'), 'utf8')).toBe(attestationOf(contents));
    await writeFile(attestation, attestationOf({ ...contents, [deb]: 'an earlier package' }));
    await expect(run({ ...inputs, attestation }, host)).rejects.toThrowWithCode('E_DIGEST', /another digest/);
  });
});

describe('draft-release refuses', () => {
  test.each(['1.0', 'v1', 'v1.0.0$(touch x)', '-v1.0.0', 'v1.0.0\n'])('the tag %j before it reads anything', async (tag) => {
    await expect(run({ ...inputs, tag, assets: '/missing' }, host)).rejects.toThrowWithCode('E_TAG');
  });

  test('a file that was changed after signing', async () => {
    await appendFile(join(inputs.assets, deb), 'x');
    await expect(run(inputs, host)).rejects.toThrowWithCode('E_DIGEST');
    await expect(readdir(inputs.output)).rejects.toThrow(/ENOENT/);
  });

  test('another manifest than the one handed over', async () => {
    await expect(run({ ...inputs, manifestDigest: '0'.repeat(64) }, host)).rejects.toThrowWithCode('E_DIGEST');
  });

  const sums = (change: (text: string) => string) => async (): Promise<void> => {
    const file = join(inputs.assets, 'SHA256SUMS');
    await writeFile(file, change(await readFile(file, 'utf8')));
  };
  test.each([
    ['lists another digest', sums((text) => text.replace(/^[0-9a-f]/, (digit) => (digit === '0' ? '1' : '0'))), /with another digest/],
    ['lists a file more', sums((text) => `${text}${'a'.repeat(64)}  other.deb\n`), /other\.deb which the manifest does not/],
    ['misses a file', sums((text) => text.replace(/^.*\n/, '')), /does not list hello/],
  ])('a SHA256SUMS that %s', async (_, change, message) => {
    await change();
    await expect(run(inputs, host)).rejects.toThrowWithCode('E_DIGEST', message);
  });

  test('a signature of an earlier build, of another key, or none', async () => {
    const signature = join(inputs.assets, `${finalDeb}.asc`);
    await writeFile(signature, await detachedSignature(key, new TextEncoder().encode('an earlier package'), Date.now()));
    await expect(run(inputs, host)).rejects.toThrowWithCode('E_SIGNATURE', /was changed/);
    await writeFile(
      signature,
      await detachedSignature(await makeThrowAwayKey(Date.now()), new TextEncoder().encode('a package'), Date.now()),
    );
    await expect(run(inputs, host)).rejects.toThrowWithCode('E_SIGNATURE', /another key/);
    await rename(signature, `${signature}.gone`);
    await expect(run(inputs, host)).rejects.toThrowWithCode('E_PATH', /\.asc is not in the folder/);
  });

  test('signatures of another key than the one that is named', async () => {
    await expect(run({ ...inputs, fingerprint: 'A'.repeat(40) }, host)).rejects.toThrowWithCode('E_SIGNATURE', /another key/);
    await run({ ...inputs, fingerprint: key.fingerprint }, host);
  });

  test('to go on when it is interrupted', async () => {
    const interrupted = new AbortController();
    interrupted.abort(new UserError('E_CANCELLED', 'interrupted'));
    await expect(run(inputs, { ...host, signal: interrupted.signal })).rejects.toThrowWithCode('E_CANCELLED');
    expect(await readdir(host.files.workspace)).toEqual(['NOTES.md', 'build']);
  });

  test('a link in place of a signature', async () => {
    const signature = join(inputs.assets, 'SHA256SUMS.asc');
    await copyFile(signature, join(host.files.workspace, 'elsewhere'));
    await rename(signature, join(host.files.workspace, 'gone'));
    await symlink(join(host.files.workspace, 'elsewhere'), signature);
    await expect(run(inputs, host)).rejects.toThrowWithCode('E_PATH', /not a plain file/);
  });

  test('an output folder that is or holds the assets', async () => {
    await expect(run({ ...inputs, output: inputs.assets }, host)).rejects.toThrowWithCode('E_PATH', /would replace the folder/);
    await expect(run({ ...inputs, output: host.files.workspace }, host)).rejects.toThrowWithCode('E_PATH', /would replace the folder/);
  });

  test('GitHub without a repository, and without a token', async () => {
    await expect(run({ ...inputs, destination: 'github' }, host)).rejects.toThrowWithCode('E_INPUT', /repository/);
    await expect(run({ ...inputs, destination: 'github', repository: 'o/r' }, host)).rejects.toThrowWithCode('E_TOKEN', /no GitHub token/);
  });
});
