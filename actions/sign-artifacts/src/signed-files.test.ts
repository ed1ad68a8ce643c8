import { appendFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type InputsOf, type RecordingHost, readInputs, recordingHost } from '@release-kit/action';
import { describeFile, writeManifest } from '@release-kit/manifest';
import { fileSigner, makeThrowAwayKey } from '@release-kit/openpgp';
import { run } from './run.ts';
import { signFiles } from './signed-files.ts';
import { spec } from './spec.ts';

let host: RecordingHost;
beforeEach(async () => {
  host = await recordingHost();
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

const names = ['hello_1.0~rc1-1_amd64.deb', 'a_1_all.deb'];

async function signed(given: Readonly<Record<string, string>>): Promise<string> {
  const { workspace } = host.files;
  const files = [];
  for (const name of names) {
    await writeFile(join(workspace, name), `content of ${name}`);
    files.push(
      await describeFile(workspace, name, { kind: 'deb', package: 'hello', version: '1', architecture: 'all', distribution: 'debian:12' }),
    );
  }
  await writeManifest(join(workspace, 'manifest.json'), {
    schema: 1,
    sourceDateEpoch: 1,
    sources: [{ package: 'hello', version: '1' }],
    files,
  });
  const all = { manifest: 'manifest.json', 'throw-away-key': 'true', ...given };
  const inputs: InputsOf<typeof spec> = readInputs(spec, all, { workspace, nameOf: (name) => name });
  await run(inputs, host);
  return join(workspace, 'signed');
}

describe('the files beside the packages', () => {
  test('are read by sha256sum, sha512sum and b2sum, under the names that users download', async () => {
    const folder = await signed({ checksums: 'blake2\nsha256\nsha512\nsha256' });
    await host.exec(['cp', join(folder, names[0] ?? ''), join(folder, 'hello_1.0.rc1-1_amd64.deb')]);
    for (const [tool, list] of [
      ['sha256sum', 'SHA256SUMS'],
      ['sha512sum', 'SHA512SUMS'],
      ['b2sum', 'B2SUMS'],
    ] as const) {
      const { stdout } = await host.exec([tool, '--check', '--strict', list], { cwd: folder });
      expect(stdout).toBe('a_1_all.deb: OK\nhello_1.0.rc1-1_amd64.deb: OK\n');
      expect(await readdir(folder)).toContain(`${list}.asc`);
    }
  });

  test.each([
    ['asc', /\.asc$/, 3],
    ['sig', /\.sig$/, 3],
    ['sig\nasc', /\.(?:asc|sig)$/, 6],
  ])('with signatures %j are what gpgv verifies, and there are no others', async (signatures, pattern, count) => {
    const folder = await signed({ checksums: 'sha256', signatures });
    const files = (await readdir(folder)).filter((name) => /\.(?:asc|sig)$/.test(name) && name !== 'signing-key.asc');
    expect(files).toHaveLength(count);
    for (const name of files) {
      expect(name).toMatch(pattern);
      const content = name.slice(0, -4).replace('1.0.rc1', '1.0~rc1');
      await host.exec(['gpgv', '--keyring', join(folder, 'signing-key.gpg'), join(folder, name), join(folder, content)]);
    }
  });

  test('are the same bytes for the same files, key and time', async () => {
    const now = Date.now();
    const key = await makeThrowAwayKey(now);
    const file = { name: 'a', file: join(host.files.workspace, 'a'), size: 1, sha256: '' };
    await writeFile(file.file, 'content');
    const once = async (): Promise<string> => {
      const signer = fileSigner([key], now, []);
      const [content] = await signer.read([file.file]);
      await signFiles([{ ...file, sha256: content?.sha256 ?? '' }], ['asc', 'sig'], host.files.workspace, signer, host);
      return (await host.exec(['sha256sum', 'a.asc', 'a.sig'])).stdout;
    };
    expect(await once()).toBe(await once());
  });
});

test('a file that changes after it was compared with the manifest is signed as what was compared', async () => {
  const now = Date.now();
  const { workspace } = host.files;
  const file = join(workspace, 'a');
  await writeFile(file, 'content');
  const key = await makeThrowAwayKey(now);
  const signer = fileSigner([key], now, []);
  const [content] = await signer.read([file]);
  await appendFile(file, 'x');
  await signFiles([{ name: 'a', file, size: 1, sha256: content?.sha256 ?? '' }], ['sig'], workspace, signer, host);
  await writeFile(join(workspace, 'key.gpg'), key.certificate.write());
  await writeFile(join(workspace, 'was'), 'content');
  await host.exec(['gpgv', '--keyring', join(workspace, 'key.gpg'), 'a.sig', 'was']);
  await expect(host.exec(['gpgv', '--keyring', join(workspace, 'key.gpg'), 'a.sig', 'a'])).rejects.toThrowWithCode('E_COMMAND');
});
