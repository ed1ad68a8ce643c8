import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { isProven, noteProof } from './proof.ts';

test('a base system is proven once for each boot of the host and each disk of instances', async () => {
  await using host = await recordingHost();
  const root = join(host.files.workspace, 'base/root');
  await mkdir(root, { recursive: true });
  expect(await isProven(root, '/tmp')).toBe(false);
  await noteProof(root, '/tmp');
  expect(await isProven(root, '/tmp')).toBe(true);
  expect(await isProven(root, '/proc')).toBe(false);
  const file = join(root, '../proven');
  const text = await readFile(file, 'utf8');
  for (const other of [text.replace(/^./, 'z'), '', 'x']) {
    await writeFile(file, other);
    expect(await isProven(root, '/tmp')).toBe(false);
  }
});

test('a base system that belongs to nobody here stays unproven, without an error', async () => {
  await noteProof('/no/such/root', '/tmp');
  expect(await isProven('/no/such/root', '/tmp')).toBe(false);
});
