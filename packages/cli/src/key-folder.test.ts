import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { isInCheckout, writeKeyFiles } from './key-folder.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-'));
});
afterEach(() => rm(folder, { recursive: true }));

const secret = { name: 'secret', content: 'secret\n', secret: true, purpose: 'kept' } as const;
const open = { name: 'open', content: 'open\n', secret: false, purpose: 'shown' } as const;
const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

test('secret files and the folder are for their owner only, whatever the umask', async () => {
  const old = process.umask(0);
  await writeKeyFiles(join(folder, 'new'), [secret, open]).finally(() => process.umask(old));
  expect([await modeOf(join(folder, 'new')), await modeOf(join(folder, 'new/secret')), await modeOf(join(folder, 'new/open'))]).toEqual([
    0o700, 0o600, 0o644,
  ]);
  expect(await readdir(join(folder, 'new'))).toEqual(['open', 'secret']);
});

test('a file that is there is never overwritten, and then none is written', async () => {
  await writeFile(join(folder, 'open'), 'older');
  await expect(writeKeyFiles(folder, [secret, open])).rejects.toThrowWithCode('E_PATH', /open is in the folder already/);
  expect(await readdir(folder)).toEqual(['open']);
  expect(await readFile(join(folder, 'open'), 'utf8')).toBe('older');
});

test('when one cannot be written, those before it are gone again', async () => {
  await expect(writeKeyFiles(folder, [secret, { ...open, name: 'no/folder' }])).rejects.toThrowWithCode(
    'E_PATH',
    /cannot be written: ENOENT/,
  );
  expect(await readdir(folder)).toEqual([]);
});

test('what a killed run left readable is not written into', async () => {
  await writeFile(join(folder, '.secret.partial'), 'left');
  await chmod(join(folder, '.secret.partial'), 0o666);
  await writeKeyFiles(folder, [secret]);
  expect(await modeOf(join(folder, 'secret'))).toBe(0o600);
  expect(await readdir(folder)).toEqual(['secret']);
});

test('a folder in a checkout is known, at any depth', async () => {
  expect(isInCheckout(folder)).toBe(false);
  await mkdir(join(folder, '.git'));
  await mkdir(join(folder, 'a/b'), { recursive: true });
  expect(isInCheckout(join(folder, 'a/b'))).toBe(true);
});
