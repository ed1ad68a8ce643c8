import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { certifyRemoteKey } from '@release-kit/openpgp';
import { preflight } from './preflight.ts';

const sourceAt = (folder: string) => ({ folder });

test('an output folder that is the source, or holds it, is refused', async () => {
  await using host = await recordingHost();
  const { workspace } = host.files;
  const source = sourceAt(join(workspace, 'src', 'tree'));
  await expect(preflight(source, source.folder, 'v1.0.0', {}, host)).rejects.toThrowWithCode('E_PATH');
  await expect(preflight(source, workspace, 'v1.0.0', {}, host)).rejects.toThrowWithCode('E_PATH');
  await preflight(source, join(workspace, 'src', 'tree-out'), 'v1.0.0', {}, host);
});

test('an output folder that holds the draft of another tag, or a foreign file, is refused before anything is built', async () => {
  await using host = await recordingHost();
  const output = join(host.files.workspace, 'out');
  const source = sourceAt(join(host.files.workspace, 'tree'));
  await mkdir(output);
  await writeFile(join(output, 'thesis.odt'), 'years of work');
  await expect(preflight(source, output, 'v1.0.0', {}, host)).rejects.toThrowWithCode('E_ASSET_CONFLICT', /thesis\.odt/);
});

test('an output folder that a link of the checkout leads elsewhere is refused; one that is named there is not', async () => {
  await using host = await recordingHost();
  await using elsewhere = await host.files.temporary('elsewhere');
  const source = sourceAt(join(host.files.workspace, 'tree'));
  const link = join(host.files.workspace, 'out');
  await symlink(elsewhere.path, link);
  await expect(preflight(source, link, 'v1.0.0', {}, host)).rejects.toThrowWithCode('E_PATH', /leads out of .* by a link/);
  await preflight(source, elsewhere.path, 'v1.0.0', {}, host);
});

test('a key that cannot be read ends the run before the first step, and does not reach the log', async () => {
  await using host = await recordingHost();
  const source = sourceAt(join(host.files.workspace, 'tree'));
  const key = 'not-a-key-but-secret';
  await expect(preflight(source, join(host.files.workspace, 'out'), 'v1.0.0', { key }, host)).rejects.toThrowWithCode('E_KEY_FORMAT');
  expect(host.recorded.masked).toEqual([key]);
  expect(host.recorded.lines.join('\n')).not.toContain(key);
});

test('a signer that refuses ends the run before the first step', async () => {
  await using host = await recordingHost();
  const { workspace } = host.files;
  const openssl = (...args: string[]) => host.exec(['openssl', ...args]);
  await openssl('genpkey', '-algorithm', 'ED25519', '-out', 'token.key');
  const publicKey = (await openssl('pkey', '-in', 'token.key', '-pubout')).stdout;
  const command = ['openssl', 'pkeyutl', '-sign', '-inkey', 'token.key', '-rawin', '-in', '/dev/stdin'] as const;
  const signer = { command, timeout: 60_000, environment: {} };
  const made = await certifyRemoteKey(host, { publicKey, signer, expires: undefined }, { userId: 'A' }, Date.now() - 60_000);
  await writeFile(join(workspace, 'token.gpg'), made.published.binary);
  const given = (words: readonly string[]) => ({ signer: words.join('\n'), 'public-key': 'token.gpg' });
  const source = sourceAt(join(workspace, 'tree'));
  await preflight(source, join(workspace, 'out'), 'v1.0.0', given(command), host);
  const refusing = preflight(source, join(workspace, 'out'), 'v1.0.0', given(['false']), host);
  await expect(refusing).rejects.toThrowWithCode('E_SIGNER', /^the signer false refused: it ended with exit code 1/);
});
