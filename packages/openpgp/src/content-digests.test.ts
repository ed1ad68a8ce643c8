import crypto from 'node:crypto';
import fs from 'node:fs';
import { appendFile, symlink, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { digestContent, digestFiles, sumAlgorithms } from './content-digests.ts';
import { hashFile } from './file-hash.ts';
import { place } from './gpg-home.test-support.ts';
import { workerCount } from './hash-workers.ts';

// The disk may be busy.
jest.setTimeout(60_000);

let host: RecordingHost;
beforeEach(async () => {
  host = await recordingHost();
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

const everything = { sums: sumAlgorithms, trailers: [Buffer.from('end'), Buffer.from('another end')] };
const large = 40 * 1024 * 1024;

/** More than is read in the main thread; holes take no disk. */
async function largeFile(name: string, start: string, size = large): Promise<string> {
  const file = await place(host, name, start);
  await truncate(file, size);
  return file;
}

const by = async (tool: string, file: string): Promise<string> => (await host.exec([tool, file])).stdout.split(' ')[0] ?? '';

describe('digests of files', () => {
  test('are what the tools of coreutils say, in the order of the files, read here or by workers', async () => {
    const small = [await place(host, 'a', 'content'), await place(host, 'empty', '')];
    const all = [...small, await largeFile('b', 'larger'), await largeFile('c', 'x', 3)];
    for (const files of [small, all]) {
      const digests = await digestFiles(files, everything);
      expect(digests).toHaveLength(files.length);
      for (const [index, file] of files.entries()) {
        const { sums, size, ended } = digests[index] ?? (await digestContent(new Uint8Array(), everything));
        expect(sums).toEqual({ sha256: await by('sha256sum', file), sha512: await by('sha512sum', file), blake2: await by('b2sum', file) });
        expect(size).toBe(fs.statSync(file).size);
        expect(ended.map((digest) => Buffer.from(digest).toString('hex'))).toEqual(
          everything.trailers.map((trailer) => crypto.createHash('sha512').update(fs.readFileSync(file)).update(trailer).digest('hex')),
        );
      }
    }
  });

  test('are those of the same bytes in memory', async () => {
    const { ended, ...rest } = await digestContent(Buffer.from('content'), everything);
    const file = await digestContent({ file: await place(host, 'a', 'content') }, everything);
    expect({ ...file, ended: file.ended.map((digest) => [...digest]) }).toEqual({ ...rest, ended: ended.map((digest) => [...digest]) });
  });

  test('only those that are wanted', async () => {
    const { sums, ended } = await digestContent(Buffer.from('content'), { sums: ['blake2'], trailers: [] });
    expect(Object.keys(sums)).toEqual(['blake2']);
    expect(ended).toEqual([]);
    const signed = await digestContent({ file: await place(host, 'a', 'content') }, { sums: [], trailers: everything.trailers });
    expect(signed.sums).toEqual({});
    expect(signed.ended).toHaveLength(2);
  });

  test('progress tells the bytes read and those of all files', async () => {
    const files = [await largeFile('a', 'x'), await place(host, 'b', 'content')];
    const told: string[] = [];
    await digestFiles(files, everything, { progress: (read, all) => told.push(`${read}/${all}`) });
    expect(told).toHaveLength(2);
    expect(told.at(-1)).toBe(`${large + 7}/${large + 7}`);
  });

  test('of a file that is missing or a link are E_PATH with its place, among large files too', async () => {
    const file = await largeFile('a', 'x');
    const link = join(host.files.workspace, 'link');
    await symlink(file, link);
    const missing = join(host.files.workspace, 'missing');
    await expect(digestFiles([missing], everything)).rejects.toThrowWithCode('E_PATH', /missing cannot be read: ENOENT/);
    await expect(digestFiles([file, missing], everything)).rejects.toThrowWithCode('E_PATH', /ENOENT/);
    await expect(digestFiles([link], everything)).rejects.toThrowWithCode('E_PATH', /link cannot be read: ELOOP/);
    await expect(digestFiles([host.files.workspace], everything)).rejects.toThrowWithCode('E_PATH', /EISDIR/);
  });

  test.each([1, 2 * 1024 * 1024 * 1024])('an abort ends the reading of %d bytes, with its reason', async (size) => {
    const file = await largeFile('a', 'x', size);
    const reason = new Error('stopped');
    await expect(digestFiles([file], everything, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const digests = digestFiles([file, file, file, file], everything, {
      signal: controller.signal,
      progress: () => controller.abort(reason),
    });
    setTimeout(() => controller.abort(reason), 200);
    await expect(digests).rejects.toBe(reason);
  });
});

describe('a file that is written to while it is read', () => {
  const job = { hashes: ['sha256'], trailers: [], ending: 'sha512' };
  const reading = async (write: (file: string) => void, times = 1) => {
    const file = await place(host, 'a', 'content');
    let left = times;
    const readSync = (descriptor: number, piece: Uint8Array): number => {
      if (left-- > 0) write(file);
      return fs.readSync(descriptor, piece);
    };
    return hashFile(Object.assign(Object.create(fs), { readSync }), crypto, Buffer.alloc(4), { ...job, file }).changed;
  };

  test('is told, whether it grows, shrinks, or keeps its size', async () => {
    expect(await reading(() => undefined)).toBe(false);
    expect(await reading((file) => fs.appendFileSync(file, 'x'))).toBe(true);
    expect(await reading((file) => fs.truncateSync(file, 3))).toBe(true);
    const same = (file: string): void => {
      fs.writeFileSync(file, 'CONTENT');
      // Whatever the step of this file system's clock is.
      fs.utimesSync(file, 1, 1);
    };
    expect(await reading(same)).toBe(true);
  });

  test('a further name is no change', async () => {
    expect(await reading((file) => fs.linkSync(file, `${file}.link`))).toBe(false);
  });

  test('is E_DIGEST', async () => {
    const file = await largeFile('a', 'x', 1024 * 1024 * 1024);
    const digests = digestFiles([file], { sums: ['sha512'], trailers: [] });
    const writing = setInterval(() => void appendFile(file, 'x'), 5);
    await expect(digests).rejects.toThrowWithCode('E_DIGEST', /a changed while it was read/);
    clearInterval(writing);
  });
});

test('there are never more workers than files or processors', () => {
  expect([workerCount(1, 4), workerCount(9, 4), workerCount(100, 64), workerCount(0, 1)]).toEqual([1, 4, 8, 1]);
});
