import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { type LoggedCommit, type LogRange, openGit, readLog } from './index.ts';
import { type RawCommit, rawCommits } from './log.test-support.ts';

async function logOf(commits: readonly RawCommit[], range: Omit<LogRange, 'to'> = {}) {
  await using host = await recordingHost();
  const names = await rawCommits(host, commits);
  return { names, log: await read(host, { to: [names.at(-1) ?? ''], ...range }) };
}

async function read(host: Awaited<ReturnType<typeof recordingHost>>, range: LogRange): Promise<readonly LoggedCommit[]> {
  await using git = await openGit(host, host.files.workspace);
  const log: LoggedCommit[] = [];
  for await (const batch of readLog(git, range)) log.push(...batch);
  return log;
}

describe('a commit of the log', () => {
  test('has its names, its parents, its time and its whole message', async () => {
    const { names, log } = await logOf([
      { message: 'first\n' },
      { message: 'side\n', parents: [0] },
      { message: 'feat: x\n\nbody\n\nA: b\n', parents: [0, 1], author: 'Ä B <ä@example.org> 1 +0100' },
    ]);
    expect(log[0]).toEqual({
      sha: names[2],
      parents: [names[0], names[1]],
      authorName: 'Ä B',
      authorEmail: 'ä@example.org',
      timestamp: 1_700_000_120,
      message: 'feat: x\n\nbody\n\nA: b\n',
      paths: undefined,
    });
    expect(log.map(({ sha }) => sha)).toEqual([names[2], names[1], names[0]]);
  });

  test.each<[string, RawCommit, Partial<LoggedCommit>]>([
    ['no message', { message: '' }, { message: '' }],
    ['a message of blank lines', { message: '\n\n' }, { message: '\n\n' }],
    ['bytes that are no UTF-8', { message: Buffer.from('a\xffb\n', 'latin1') }, { message: 'a\ufffdb\n' }],
    ['another encoding', { message: Buffer.from('gr\xfc\xdfe\n', 'latin1'), header: 'encoding ISO-8859-1' }, { message: 'grüße\n' }],
    [
      'line feeds and NUL in an encoding',
      {
        message: 'x+AAo-y+AAA-z\n',
        author: 'A+AAo-B <a+AAo-@example.org> 1 -0000',
        committer: 'C <c@example.org> 1700000060 -0000',
        header: 'encoding UTF-7',
      },
      { message: 'x\ny', timestamp: 1_700_000_060 },
    ],
    ['an encoding that nobody knows', { message: 'x\n', header: 'encoding klingon' }, { message: 'x\n' }],
    [
      'a signature',
      { message: 'x\n', header: 'gpgsig -----BEGIN PGP SIGNATURE-----\n \n ab\n -----END PGP SIGNATURE-----' },
      { message: 'x\n' },
    ],
    ['NUL in its message, where git ends it', { message: 'a\0b\n' }, { message: 'a' }],
    ['an author without mail', { message: 'x\n', author: 'Somebody <> 1 +0000' }, { authorName: 'Somebody', authorEmail: '' }],
    ['an author without name', { message: 'x\n', author: '<a@example.org> 1 +0000' }, { authorName: '', authorEmail: 'a@example.org' }],
    ['an author like a format', { message: '%H%x00\n', author: '%an%x00 <%ae> 1 +0000' }, { authorName: '%an%x00', message: '%H%x00\n' }],
    ['a time after 2038', { message: 'x\n', committer: 'C <c@example.org> 4102444800 +0000' }, { timestamp: 4_102_444_800 }],
    ['a time beyond all calendars', { message: 'x\n', committer: 'C <c@example.org> 99999999999999 +0000' }, { timestamp: 0 }],
    ['no time', { message: 'x\n', committer: 'C <c@example.org>' }, { timestamp: 0 }],
  ])('with %s is read', async (_, commit, expected) => {
    const { log } = await logOf([{ message: 'first\n' }, commit, { message: 'last\n' }]);
    expect(log).toHaveLength(3);
    expect(log[1]).toMatchObject(expected);
  });

  test('of a megabyte is read whole', async () => {
    const message = `${'ü'.repeat(500_000)}\n`;
    const { log } = await logOf([{ message }, { message: 'last\n' }]);
    expect(log[1]?.message).toBe(message);
  });

  test('is as others see it: no mail map, no grafts, no replaced objects, no settings of the checkout', async () => {
    await using host = await recordingHost();
    const names = await rawCommits(host, [{ message: 'one\n' }, { message: 'two\n' }, { message: 'three\n', files: ['a/b', 'c'] }]);
    const range = { to: [names[2] ?? ''], paths: true };
    const before = await read(host, range);
    const git = (...args: readonly string[]) => host.exec(['git', ...args]);
    await writeFile(join(host.files.workspace, '.mailmap'), 'Other <other@example.org> <a@example.org>\n');
    await writeFile(join(host.files.workspace, '.git/info/grafts'), `${names[2]}\n`);
    await git('replace', names[1] ?? '', names[0] ?? '');
    const settings = ['log.mailmap=true', 'log.showSignature=true', 'log.showRoot=false', 'diff.relative=true', 'log.follow=true'];
    for (const setting of [...settings, 'i18n.logOutputEncoding=ISO-8859-1', 'log.diffMerges=off', 'format.pretty=oneline'])
      await git('config', ...setting.split('='));
    expect(await read(host, range)).toEqual(before);
    expect(before.map(({ paths }) => paths)).toEqual([['a/b', 'c'], [], []]);
  });
});

describe('the files of a commit', () => {
  test('are those it changed, under both names when one moved, and for a merge those that it brought', async () => {
    const { log } = await logOf(
      [
        { message: 'root\n', files: ['a', 'b c/d'] },
        { message: 'none\n' },
        { message: 'side\n', parents: [0], files: ['side/ü'] },
        { message: 'merge\n', parents: [1, 2] },
      ],
      { paths: true },
    );
    expect(log.map(({ message, paths }) => [message.trim(), paths])).toEqual([
      ['merge', ['side/ü']],
      ['side', ['side/ü']],
      ['none', []],
      ['root', ['a', 'b c/d']],
    ]);
  });

  test('are never taken for commits, whatever they are called', async () => {
    const files = ['0123456789012345678901234567890123456789', '\nx', 'a\nb', '-- ', 'commit'];
    const { log } = await logOf(
      [
        { message: 'x\n', files },
        { message: 'y\n', files: ['z'] },
      ],
      { paths: true },
    );
    expect(log.map(({ paths }) => [...(paths ?? [])].sort())).toEqual([['z'], [...files].sort()]);
  });
});

describe('a commit-graph', () => {
  const history = Array.from({ length: 30 }, (_, index): RawCommit => ({ message: `${index}\n` }));

  test.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ['whole', (bytes) => bytes],
    ['cut', (bytes) => bytes.subarray(0, bytes.length - 40)],
    ['empty', () => new Uint8Array(0)],
    ['something else', () => Buffer.from('garbage'.repeat(500))],
  ])('that is %s changes nothing', async (_, change) => {
    await using host = await recordingHost();
    const names = await rawCommits(host, history);
    const range = { to: [names.at(-1) ?? ''] };
    const before = await read(host, range);
    const file = await writeGraph(host);
    await writeFile(file, change(await readFile(file)));
    expect(await read(host, range)).toEqual(before);
  });

  test('that says something wrong is E_GIT with a cure', async () => {
    await using host = await recordingHost();
    const names = await rawCommits(host, history);
    const file = await writeGraph(host);
    const bytes = await readFile(file);
    bytes.fill(255, bytes.indexOf(Buffer.from(names[15] ?? '', 'hex')) + 4, bytes.indexOf(Buffer.from(names[15] ?? '', 'hex')) + 12);
    await writeFile(file, bytes);
    const failing = read(host, { to: [names.at(-1) ?? ''] });
    await expect(failing).rejects.toMatchObject({ code: 'E_GIT', cure: expect.stringContaining('git commit-graph write') });
  });
});

async function writeGraph(host: Awaited<ReturnType<typeof recordingHost>>): Promise<string> {
  await host.exec(['git', 'commit-graph', 'write', '--reachable', '--no-progress']);
  const file = join(host.files.workspace, '.git/objects/info/commit-graph');
  await chmod(file, 0o600);
  return file;
}

describe('a range of the log', () => {
  const line = Array.from({ length: 5 }, (_, index): RawCommit => ({ message: `${index}\n` }));

  test('leaves out what other commits have, and is empty without a newest one', async () => {
    await using host = await recordingHost();
    const names = await rawCommits(host, line);
    const [, one = '', , three = ''] = names;
    expect((await read(host, { to: [three], without: [one] })).map(({ message }) => message)).toEqual(['3\n', '2\n']);
    expect(await read(host, { to: [one], without: [three] })).toEqual([]);
    expect(await read(host, { to: [] })).toEqual([]);
  });

  test('is made of whole object names', async () => {
    await using host = await recordingHost();
    await rawCommits(host, line);
    await expect(read(host, { to: ['--output=x'] })).rejects.toThrow(/full object names/);
    await expect(read(host, { to: ['0'.repeat(40)] })).rejects.toThrowWithCode('E_GIT', /cannot read the history/);
  });

  test('ends with an error, and git with it, when somebody no longer wants it', async () => {
    await using host = await recordingHost();
    const names = await rawCommits(host, line);
    await using git = await openGit(host, host.files.workspace);
    const stop = new AbortController();
    const unwanted = readLog(git, { to: [names[4] ?? ''], signal: stop.signal });
    const first = unwanted.next();
    stop.abort();
    await expect(first).rejects.toThrowWithCode('E_CANCELLED', /interrupted/);
    await expect(read(host, { to: [names[4] ?? ''], signal: stop.signal })).rejects.toThrowWithCode('E_CANCELLED', /interrupted/);
  });

  test('ends git when nobody reads on', async () => {
    await using host = await recordingHost();
    const names = await rawCommits(host, line);
    await using git = await openGit(host, host.files.workspace);
    for await (const batch of readLog(git, { to: [names[4] ?? ''] })) {
      expect(batch.length).toBeGreaterThan(0);
      break;
    }
    const stopped = readLog(git, { to: [names[4] ?? ''] });
    await stopped.return(undefined);
    await expect(
      (async () => {
        for await (const _ of readLog(git, { to: [names[4] ?? ''] })) throw new Error('the reader broke');
      })(),
    ).rejects.toThrow('the reader broke');
  });
});
