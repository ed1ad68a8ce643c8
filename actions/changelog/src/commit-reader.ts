import { createReadStream } from 'node:fs';
import type { Git } from '@release-kit/git';
import { type ParsedCommit, parseCommit } from '@release-kit/history';

// NUL cannot stand in any of these, so nothing that people write can look like the end of a field.
const fields = ['%H', '%an', '%ct', '%s', '%b'];

/**
 * The commits that `end` has and `start` has not (both full SHAs; all when undefined), newest first, no child after its
 * parent. One process; the log goes through a file and is read as a stream, so that its size does not matter.
 */
export async function readCommits(git: Git, start: string | undefined, end: string): Promise<readonly ParsedCommit[]> {
  const file = git.temporaryFile('log');
  const range = start === undefined ? [end] : [end, `^${start}`];
  const format = [
    '-z',
    '--date-order',
    '--no-color',
    '--no-mailmap',
    '--no-notes',
    '--no-patch',
    '--encoding=UTF-8',
    `--format=${fields.join('%x00')}`,
  ];
  await git.run(['log', ...format, '--end-of-options', ...range, '--'], { stdoutFile: file });

  const commits: ParsedCommit[] = [];
  let record: string[] = [];
  for await (const field of zeroSeparated(file)) {
    record.push(field);
    if (record.length < fields.length) continue;
    const [sha = '', authorName = '', timestamp = '', subject = '', body = ''] = record;
    commits.push(parseCommit({ sha, authorName, timestamp: Number(timestamp), subject, body }));
    record = [];
  }
  if (record.length > 0) throw new Error(`git log ended in the middle of a record, after ${commits.length} commits`);
  return commits;
}

/** Every text of the file that ends in NUL. Bytes that are not UTF-8 become U+FFFD. */
async function* zeroSeparated(file: string): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    const bytes = Buffer.from(chunk);
    let start = 0;
    for (let end = bytes.indexOf(0); end !== -1; end = bytes.indexOf(0, start)) {
      parts.push(bytes.subarray(start, end));
      yield parts.length === 1 ? bytes.toString('utf8', start, end) : Buffer.concat(parts).toString('utf8');
      parts = [];
      start = end + 1;
    }
    if (start < bytes.length) parts.push(bytes.subarray(start));
  }
  if (parts.length > 0) yield Buffer.concat(parts).toString('utf8');
}
