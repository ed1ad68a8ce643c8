import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import fc from 'fast-check';
import { type LoggedCommit, openGit, readLog } from './index.ts';
import { LogParser, logFormat } from './log-record.ts';

/** Any bytes but NUL, where git ends a message. */
const message = fc.uint8Array({ min: 1, maxLength: 60 }).map((bytes) => Buffer.from(bytes));
const commit = fc.record({
  message,
  back: fc.nat(4),
  merged: fc.option(fc.nat(9), { freq: 2 }),
  time: fc.nat(1000),
  file: fc.option(fc.nat(3), { freq: 2 }),
});

test('every commit of any history comes once, whole, and before its parents, however the bytes arrive', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(commit, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 70 }), async (drawn, size) => {
      await using host = await recordingHost();
      const parts: (string | Uint8Array)[] = [];
      for (const [index, { message: text, back, merged, time, file }] of drawn.entries()) {
        const near = (distance: number): number => Math.max(1, index - distance);
        const parents = index === 0 ? [] : [...new Set([near(back), ...(merged === null ? [] : [near(merged)])])];
        const who = `A <a@example.org> ${1_700_000_000 + time} +0000\n`;
        parts.push(
          `reset refs/heads/main\ncommit refs/heads/main\nmark :${index + 1}\nauthor ${who}committer ${who}data ${text.length}\n`,
          text,
          '\n',
        );
        parts.push(...parents.map((mark, at) => `${at === 0 ? 'from' : 'merge'} :${mark}\n`));
        if (file !== null) parts.push(`M 100644 inline f${file}\ndata <<E\n${index}\nE\n`);
      }
      await host.exec(['git', 'init', '--quiet', '-b', 'main']);
      const names = `${host.files.workspace}/names`;
      await host.exec(['git', 'fast-import', '--quiet', '--force', `--export-marks=${names}`], {
        stdin: Buffer.concat(parts.map((part) => Buffer.from(part))),
      });
      const marks = new Map(
        (await host.exec(['cat', names])).stdout
          .trim()
          .split('\n')
          .map((line) => [line.slice(line.indexOf(' ') + 1), Number(line.slice(1, line.indexOf(' ')))]),
      );

      await using git = await openGit(host, host.files.workspace);
      const head = (await git.run(['rev-parse', 'HEAD'])).stdout.trim();
      const log: LoggedCommit[] = [];
      for await (const batch of readLog(git, { to: [head], paths: true })) log.push(...batch);

      const expected = (await git.run(['rev-list', '--parents', '--date-order', head])).stdout.trim().split('\n');
      expect(log.map(({ sha, parents }) => [sha, ...parents].join(' '))).toEqual(expected);
      for (const { sha, message: text } of log) expect(text).toBe(drawn[(marks.get(sha) ?? 0) - 1]?.message.toString('utf8'));
      const place = new Map(log.map(({ sha }, at) => [sha, at]));
      for (const [at, { parents }] of log.entries()) for (const parent of parents) expect(place.get(parent)).toBeGreaterThan(at);
      for (const { sha, paths, parents } of log) {
        const range = parents[0] === undefined ? ['--root', sha] : [parents[0], sha];
        const { stdout } = await git.run(['diff-tree', '-r', '--no-commit-id', '--name-only', '--no-renames', ...range]);
        expect(paths).toEqual(stdout.split('\n').filter((line) => line !== ''));
      }

      const { stdout } = await git.run(
        ['log', '-z', '--name-only', '--root', '--diff-merges=first-parent', `--format=${logFormat}`, head],
        { encoding: 'latin1' },
      );
      const bytes = Buffer.from(stdout, 'latin1');
      const taken = (step: number): readonly LoggedCommit[] => {
        const parser = new LogParser(true);
        const commits: LoggedCommit[] = [];
        for (let at = 0; at < bytes.length; at += step) commits.push(...parser.take(bytes.subarray(at, at + step)));
        return [...commits, ...parser.end()];
      };
      expect(taken(size)).toEqual(taken(bytes.length));
    }),
    { numRuns: Number(process.env['LOG_RUNS'] ?? 6) },
  );
}, 600_000);

test('an answer that is cut off, or of another form, is never taken for a history', () => {
  const whole = Buffer.from(`\0${['a'.repeat(40), '', 'A', 'a@example.org', '1', 'message'].join('\n')}\0`);
  for (let length = 1; length < whole.length; length++) {
    const parser = new LogParser(false);
    parser.take(whole.subarray(0, length));
    expect(() => parser.end()).toThrow(/middle of a record/);
  }
  const sha = 'a'.repeat(40);
  for (const other of [
    'a',
    '\0',
    '\0a',
    `\0${sha}`,
    `\0${sha}\n`,
    `\0${sha}\n\nA\na@example.org\n1`,
    `\0${sha}\n${sha}\nA\na@example.org\n1`,
  ])
    expect(() => new LogParser(false).take(Buffer.from(`${other}\0`))).toThrow(/form that is not known/);
});

test('a commit without parents has none, wherever the lines of its author end', () => {
  for (let length = 0; length < 60; length += 1) {
    const parser = new LogParser(false);
    const name = 'A'.repeat(length);
    parser.take(Buffer.from(`\0${['a'.repeat(40), '', name, 'a@example.org', '1', 'message'].join('\n')}\0`));
    expect(parser.end()).toMatchObject([{ parents: [], authorName: name, authorEmail: 'a@example.org', message: 'message' }]);
  }
});

test('a commit that would fill the memory is E_GIT with its name', () => {
  const parser = new LogParser(false);
  parser.take(Buffer.from(`\0${'a'.repeat(40)}\n\nA\na@example.org\n1\n`));
  const take = (): void => {
    for (let mebibytes = 0; mebibytes < 20; mebibytes += 1) parser.take(Buffer.alloc(1024 * 1024, 'x'));
  };
  expect(take).toThrowWithCode('E_GIT', /the commit a{40} has more than 16 MiB/);
});
