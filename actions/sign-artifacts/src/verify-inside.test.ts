import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { type Host, readInputs, recordingHost } from '@release-kit/action';
import { writeManifest } from '@release-kit/manifest';
import { newKeyFiles } from '@release-kit/openpgp';
import { builtFiles, names } from './built-files.test-support.ts';
import { run } from './run.ts';
import { spec } from './spec.ts';

jest.setTimeout(60_000);

const act = (host: Host, given: Readonly<Record<string, string>>) =>
  run(readInputs(spec, given, { workspace: host.files.workspace, nameOf: (name) => name }), host);

const newKey = (name: string) => newKeyFiles({ userId: { name }, algorithm: 'ed25519', validDays: 30 }, undefined, Date.now() - 2000);

/** Signed in every way, by two keys. */
async function signedByTwo(host: Host): Promise<{ readonly folder: string; readonly keys: readonly [string, string] }> {
  const { folder, manifest } = await builtFiles(host);
  await writeManifest(join(folder, 'manifest.json'), manifest);
  const [old, next] = [await newKey('Old'), await newKey('New')];
  const given = {
    key: old.secret,
    'second-key': next.secret,
    'deb-signature': 'origin',
    signatures: 'asc\nsig',
    checksums: 'sha256\nblake2',
  };
  const { fingerprint } = await act(host, { manifest: 'out/manifest.json', ...given });
  const [first = '', second = ''] = fingerprint.split('\n');
  return { folder: join(folder, 'signed'), keys: [first, second] };
}

test('during a rotation what is signed in every way is verified with both keys, the old one or the new one', async () => {
  await using host = await recordingHost();
  const { folder, keys } = await signedByTwo(host);
  const publicKey = join(folder, 'signing-key.asc');
  for (const given of [{ 'public-key': publicKey }, { fingerprint: keys[0] }, { fingerprint: keys[1] }]) {
    await using user = await recordingHost({ workspace: host.files.workspace });
    const { verified } = await act(user, { mode: 'verify', 'signed-files': folder, report: 'report.json', ...given });
    expect(verified.split('\n')).toEqual(expect.arrayContaining([...Object.values(names), 'SHA256SUMS', 'B2SUMS']));
    const report: { readonly files?: unknown } = JSON.parse(await readFile(join(host.files.workspace, 'report.json'), 'utf8'));
    // The first key alone signs inside; for who knows only the other one, those are signatures of a stranger.
    const inside = given.fingerprint === keys[1] ? [] : [names.deb];
    expect(report.files).toContainEqual(
      expect.objectContaining({ name: names.deb, verified: true, signatures: [`${names.deb}.asc`, `${names.deb}.sig`, ...inside] }),
    );
  }
});

test('a control file whose text is another one than was signed inside fails, whatever the lists say', async () => {
  await using host = await recordingHost();
  const { folder, keys } = await signedByTwo(host);
  const changes = join(folder, names.changes);
  await writeFile(changes, (await readFile(changes, 'utf8')).replace('Distribution: unstable', 'Distribution: stable'));
  await expect(act(host, { mode: 'verify', 'signed-files': folder, fingerprint: keys[0] })).rejects.toThrowWithCode('E_SIGNATURE');
  expect(host.recorded.lines.join('\n')).toContain('the signature inside: the content or the signature was changed');
});
