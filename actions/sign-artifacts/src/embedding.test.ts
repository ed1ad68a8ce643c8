import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { readClearSigned } from '@release-kit/debian';
import { describeFile, type Manifest, verifyFiles } from '@release-kit/manifest';
import { clearSign, makeThrowAwayKey, openVerifier, parseTrustedKeys, publicKeyArmored, type SigningKey } from '@release-kit/openpgp';
import { type BuiltFiles, builtFiles, names } from './built-files.test-support.ts';
import { type EmbeddedFiles, type Embedding, embedSignatures } from './embedding.ts';

// Real tools, on a busy machine.
jest.setTimeout(60_000);

// gpgv and sqv know no other clock than the machine's.
const time = Math.floor(Date.now() / 1000) * 1000;
let host: RecordingHost;
let key: SigningKey;
let to: string;

beforeEach(async () => {
  host = await recordingHost();
  key = await makeThrowAwayKey(time - 1000);
  to = join(host.files.workspace, 'signed');
  await mkdir(to);
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

function embed({ folder, manifest }: BuiltFiles, how: Partial<Embedding> = {}, into = to): Promise<EmbeddedFiles> {
  return embedSignatures(manifest, { from: folder, to: into }, { key, time, controlFiles: true, debSignature: 'none', ...how }, host);
}

const text = (name: string, folder = to): Promise<string> => readFile(join(folder, name), 'utf8');

/** Every row of every table of a control file, by an independent reader of sums; names of files that are not as listed. */
function wrongSums(content: string, folder: string): readonly string[] {
  const rows = content.split('\n').filter((line) => /^ [0-9a-f]{32,64} [0-9]+ .*ab_1/.test(line));
  expect(rows.length).toBeGreaterThan(2);
  return rows.flatMap((row) => {
    const [digest = '', size] = row.trim().split(' ');
    const name = row.split(' ').at(-1) ?? '';
    const tool = { 32: 'md5sum', 40: 'sha1sum', 64: 'sha256sum' }[digest.length] ?? '';
    const said = execFileSync(tool, [join(folder, name)], { encoding: 'utf8' }).split(' ')[0];
    const bytes = execFileSync('stat', ['-c', '%s', join(folder, name)], { encoding: 'utf8' }).trim();
    return said === digest && bytes === size ? [] : [row];
  });
}

async function verified(name: string): Promise<string | undefined> {
  await using verifier = await openVerifier(host, await parseTrustedKeys(Buffer.from(await publicKeyArmored(key)), 'key'), 'all');
  return (name.endsWith('.deb') ? await verifier.inDeb(join(to, name)) : await verifier.clear(join(to, name)))?.problem;
}

describe('control files', () => {
  test('are signed one after the other, and each lists the signed form of those before it', async () => {
    const built = await builtFiles(host);
    const { manifest, controlFiles, debs } = await embed(built);
    expect({ controlFiles, debs }).toEqual({ controlFiles: [names.dsc, names.buildinfo, names.changes], debs: [] });
    for (const name of controlFiles) {
      expect(wrongSums(await text(name), to)).toEqual([]);
      expect(await text(name)).toMatch(/^-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n[\s\S]*\n\n-----BEGIN PGP SIGNATURE-----\n/);
    }
    await verifyFiles(manifest, to);
    expect(manifest.files.filter(({ sha256 }, index) => sha256 === built.manifest.files[index]?.sha256).map(({ path }) => path)).toEqual([
      names.deb,
      names.source,
    ]);
  });

  test('keep every line but those of changed files', async () => {
    const built = await builtFiles(host);
    await embed(built);
    for (const [name, changed] of [
      [names.dsc, []],
      [names.buildinfo, [names.dsc]],
      [names.changes, [names.dsc, names.buildinfo]],
    ] as const) {
      const kept = (content: string): string[] =>
        content.split('\n').filter((line) => !changed.some((other) => line.endsWith(` ${other}`)));
      expect(kept(readClearSigned(await text(name), name).text)).toEqual([...kept(await text(name, built.folder)), '']);
    }
  });

  test('lose an older signature of ours, so that signing what is signed gives the same bytes', async () => {
    const built = await builtFiles(host);
    const once = await embed(built);
    const again = join(host.files.workspace, 'again');
    await mkdir(again);
    const twice = await embed({ folder: to, manifest: once.manifest }, {}, again);
    expect(twice).toEqual(once);
    for (const name of await readdir(to)) expect(await text(name, again)).toBe(await text(name));
  });

  test('a .dsc that somebody else signed stays as it is; other signatures around what was built are replaced', async () => {
    const stranger = await makeThrowAwayKey(time - 1000);
    const plain = await builtFiles(host);
    const dsc = await clearSign([stranger], await text(names.dsc, plain.folder), time);
    await using other = await recordingHost();
    const built = await builtFiles(other, { dsc: () => dsc });
    await writeFile(join(built.folder, names.changes), await clearSign([stranger], await text(names.changes, built.folder), time));
    const manifest = await described(built);
    const { controlFiles } = await embed({ folder: built.folder, manifest });
    expect(controlFiles).toEqual([names.buildinfo, names.changes]);
    expect(await text(names.dsc)).toBe(dsc);
    expect(wrongSums(await text(names.changes), to)).toEqual([]);
    expect(host.recorded.lines.join('\n')).toMatch(/ab_1\.dsc is signed by somebody else already and stays as it is/);
  });

  test('stay as they are when that is wanted, whatever is in them', async () => {
    const built = await builtFiles(host, { changes: () => 'no control file' });
    const { manifest, controlFiles } = await embed(built, { controlFiles: false });
    expect(controlFiles).toEqual([]);
    expect(manifest).toEqual(built.manifest);
    await verifyFiles(manifest, to);
  });
});

describe('packages', () => {
  test('hold the signature, are the same otherwise, and what lists them follows', async () => {
    const built = await builtFiles(host);
    const { manifest, debs } = await embed(built, { debSignature: 'origin' });
    expect(debs).toEqual([names.deb]);
    await verifyFiles(manifest, to);
    for (const name of [names.buildinfo, names.changes]) expect(wrongSums(await text(name), to)).toEqual([]);
    const members = async (folder: string) => (await host.exec(['ar', 't', join(folder, names.deb)])).stdout.trim().split('\n');
    expect(await members(to)).toEqual([...(await members(built.folder)), '_gpgorigin']);
    for (const folder of [built.folder, to]) await host.exec(['dpkg-deb', '--info', join(folder, names.deb)]);
  });

  test('signed again they have one signature, and the same bytes', async () => {
    const built = await builtFiles(host);
    const once = await embed(built, { debSignature: 'origin' });
    const again = join(host.files.workspace, 'again');
    await mkdir(again);
    await embed({ folder: to, manifest: once.manifest }, { debSignature: 'origin' }, again);
    expect((await readFile(join(again, names.deb))).equals(await readFile(join(to, names.deb)))).toBe(true);
  });

  test('that are signed inside change control files that are not: their sums are right, and a signature that is not any more goes', async () => {
    const stranger = await makeThrowAwayKey(time - 1000);
    const built = await builtFiles(host);
    await writeFile(join(built.folder, names.changes), await clearSign([stranger], await text(names.changes, built.folder), time));
    await embed({ folder: built.folder, manifest: await described(built) }, { debSignature: 'origin', controlFiles: false });
    expect(await text(names.changes)).not.toContain('PGP');
    expect(wrongSums(await text(names.changes), to)).toEqual([]);
    expect(host.recorded.lines.join('\n')).toMatch(/ab_1_amd64\.changes lists what is signed now/);
  });

  test('that are none are E_DEB', async () => {
    const built = await builtFiles(host);
    await appendFile(join(built.folder, names.deb), 'x');
    await expect(embed({ folder: built.folder, manifest: await described(built) }, { debSignature: 'origin' })).rejects.toThrowWithCode(
      'E_DEB',
    );
  });
});

test('all of it verifies with nothing but the public key', async () => {
  const { debs, controlFiles } = await embed(await builtFiles(host), { debSignature: 'origin' });
  for (const name of [...debs, ...controlFiles]) expect(await verified(name)).toBeUndefined();
});

describe('nothing is signed', () => {
  test.each([
    ['a field twice', (one: string) => `${one}Version: 2\n`, 'E_CONTROL', /already on line/],
    ['no Checksums-Sha256', (one: string) => one.replace(/Checksums-Sha256:\n(?: .*\n)+/, ''), 'E_CONTROL', /Checksums-Sha256 is missing/],
    ['tables that disagree', (one: string) => one.replace(/ [0-9]+ misc/, ' 7 misc'), 'E_CONTROL', /7 bytes/],
    ['a second paragraph', (one: string) => `${one}\nSource: b\n`, 'E_CONTROL', /second paragraph/],
    ['a path in a table', (one: string) => one.replaceAll(/ ab_1\.dsc/g, ' ../ab_1.dsc'), 'E_CONTROL', /not a plain file name/],
    [
      'other sums than those of the files',
      (one: string) => one.replaceAll(/ [0-9a-f]{64} /g, ` ${'0'.repeat(64)} `),
      'E_DIGEST',
      /another size or digest/,
    ],
    [
      'a table of digests that nobody knows',
      (one: string) => one.replace('Checksums-Sha1', 'Checksums-Sha3'),
      'E_CONTROL',
      /does not know/,
    ],
    [
      'text before its signature',
      (one: string) => `x: y\n-----BEGIN PGP SIGNED MESSAGE-----\n\n${one}`,
      'E_CONTROL',
      /does not cover the whole file/,
    ],
  ] as const)('where a .changes file has %s', async (_, change, code, message) => {
    await expect(embed(await builtFiles(host, { changes: change }))).rejects.toThrowWithCode(code, message);
  });

  test('where no program could read the signature around a file, which is named', async () => {
    const built = await builtFiles(host, { changes: (one) => `${one}Comment: ${'x'.repeat(30_000)}\n` });
    await expect(embed(built)).rejects.toMatchObject({
      code: 'E_CONTROL',
      place: { file: names.changes },
      cure: expect.stringMatching(/control-files/),
    });
  });

  test('where a control file is not UTF-8', async () => {
    const built = await builtFiles(host);
    await writeFile(join(built.folder, names.dsc), (await text(names.dsc, built.folder)).replace('\u00eb', '\u00e9'), 'latin1');
    await expect(embed({ folder: built.folder, manifest: await described(built) })).rejects.toThrowWithCode('E_CONTROL', /not UTF-8/);
  });

  test.each([names.dsc, names.deb])('where %s was changed since it was compared with the manifest', async (name) => {
    const built = await builtFiles(host);
    await appendFile(join(built.folder, name), '\n');
    await expect(embed(built, { debSignature: 'origin' })).rejects.toThrowWithCode(name === names.deb ? 'E_DEB' : 'E_DIGEST');
  });
});

/** The manifest of the files as they are now. */
async function described({ folder, manifest }: BuiltFiles): Promise<Manifest> {
  return { ...manifest, files: await Promise.all(manifest.files.map((file) => describeFile(folder, file.path, file))) };
}
