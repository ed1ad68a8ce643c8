import { createHash } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { digestBook } from './digest-book.ts';
import { place } from './gpg-home.test-support.ts';

let host: RecordingHost;
beforeEach(async () => {
  host = await recordingHost();
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const sha512 = (text: string): string => createHash('sha512').update(text).digest('hex');
const wanted = { sums: ['sha512'], trailers: [Buffer.from('end')] } as const;

describe('a book of digests', () => {
  test('answers for what was read, even when it has moved since or another file lies in its place', async () => {
    const book = digestBook(wanted);
    const file = await place(host, 'a', 'content');
    expect(await book.read([file])).toEqual([{ size: 7, sha256: sha256('content') }]);
    await rename(file, `${file}.moved`);
    await writeFile(file, 'changed');
    const [digests] = await book.digestsOf([{ file, sha256: sha256('content') }]);
    expect(digests?.sums).toEqual({ sha256: sha256('content'), sha512: sha512('content') });
    expect(digests?.ended.map((digest) => Buffer.from(digest).toString('hex'))).toEqual([sha512('contentend')]);
  });

  test('reads no content twice', async () => {
    const read: number[] = [];
    const book = digestBook(wanted, { progress: (bytes) => read.push(bytes) });
    const [one, two] = [await place(host, 'one', '1'), await place(host, 'two', '22')];
    await book.read([one]);
    await rm(one);
    await book.digestsOf([
      { file: one, sha256: sha256('1') },
      { file: two, sha256: sha256('22') },
      { file: one, sha256: sha256('1') },
    ]);
    expect(read).toEqual([1, 2]);
  });

  test('a file that is not what was announced is E_DIGEST', async () => {
    const file = await place(host, 'a', 'content');
    await expect(digestBook(wanted).digestsOf([{ file, sha256: sha256('other') }])).rejects.toThrowWithCode('E_DIGEST', /^a is not/);
  });
});
