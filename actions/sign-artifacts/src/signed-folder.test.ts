import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { layFile, openSignedFolder } from './signed-folder.ts';

let host: RecordingHost;
let packages: string;
let output: string;

beforeEach(async () => {
  host = await recordingHost();
  packages = join(host.files.workspace, 'out');
  output = join(packages, 'signed');
  await mkdir(packages);
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

async function sign(text: string): Promise<void> {
  await using folder = await openSignedFolder(output, packages);
  for (const name of ['manifest.json', 'SHA256SUMS', text]) await writeFile(join(folder.path, name), text);
  await folder.finish();
}

describe('the folder of signed files', () => {
  test('appears whole and open to all, and replaces one of an earlier run whole', async () => {
    await sign('first');
    await sign('second');
    expect((await readdir(output)).sort()).toEqual(['SHA256SUMS', 'manifest.json', 'second']);
    expect((await stat(output)).mode & 0o777).toBe(0o755);
    expect(await readdir(packages)).toEqual(['signed']);
  });

  test('of an earlier run stays as it was when a run does not finish, and nothing else stays', async () => {
    await sign('first');
    {
      await using folder = await openSignedFolder(output, packages);
      await writeFile(join(folder.path, 'half'), '');
    }
    expect((await readdir(output)).sort()).toEqual(['SHA256SUMS', 'first', 'manifest.json']);
    expect(await readdir(packages)).toEqual(['signed']);
  });

  test('never replaces files of others, those that appear meanwhile neither', async () => {
    await using folder = await openSignedFolder(output, packages);
    await writeFile(join(folder.path, 'new'), '');
    await mkdir(output);
    await writeFile(join(output, 'thesis.txt'), 'years of work');
    await expect(folder.finish()).rejects.toThrowWithCode('E_PATH', /signed holds thesis\.txt/);
    await expect(openSignedFolder(output, packages)).rejects.toThrowWithCode('E_PATH', /thesis\.txt/);
    expect(await readFile(join(output, 'thesis.txt'), 'utf8')).toBe('years of work');
  });

  test.each(['.', '..', '../..'])('cannot be %s, seen from the packages', async (path) => {
    await expect(openSignedFolder(join(packages, path), packages)).rejects.toThrowWithCode('E_PATH', /would replace/);
  });

  test('cannot be a place on which something is mounted', async () => {
    await expect(openSignedFolder('/proc', packages)).rejects.toThrowWithCode('E_PATH', /^proc cannot be replaced as a whole/);
  });

  test('cannot be a file', async () => {
    await writeFile(output, '');
    await expect(openSignedFolder(output, packages)).rejects.toThrowWithCode('E_PATH', /ENOTDIR/);
  });
});

test('a file is laid as a link to the same bytes, never over another', async () => {
  await writeFile(join(packages, 'a'), 'a');
  await layFile(join(packages, 'a'), join(packages, 'b'));
  expect((await stat(join(packages, 'b'))).ino).toBe((await stat(join(packages, 'a'))).ino);
  await expect(layFile(join(packages, 'a'), join(packages, 'b'))).rejects.toMatchObject({ code: 'EEXIST' });
});

test('a file that cannot be linked is copied', async () => {
  // A file system of its own on every Linux.
  const other = await mkdtemp('/dev/shm/release-kit-test-');
  await using _ = { [Symbol.asyncDispose]: () => rm(other, { recursive: true }) };
  await writeFile(join(other, 'a'), 'a');
  await layFile(join(other, 'a'), join(packages, 'a'));
  expect(await readFile(join(packages, 'a'), 'utf8')).toBe('a');
  await expect(layFile(join(other, 'a'), join(packages, 'a'))).rejects.toMatchObject({ code: 'EEXIST' });
});
