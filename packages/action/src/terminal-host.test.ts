import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { columnsOf, fitColumns } from './display-width.ts';
import { UserError } from './errors.ts';
import { LiveLine, secondsWords } from './live-line.ts';
import { temporaryFolder } from './temporary.ts';
import { type TerminalHost, terminalHost } from './terminal-host.ts';

interface Screen {
  text: string;
  readonly host: TerminalHost;
}

const hosts: TerminalHost[] = [];
afterEach(() => {
  for (const host of hosts.splice(0)) host.finish();
});

function screen(
  options: { isTTY?: boolean; env?: Record<string, string>; verbose?: boolean; logFile?: string; columns?: number } = {},
): Screen {
  const shown: { text: string } = { text: '' };
  const host = terminalHost({
    workspace: '/tmp',
    env: { PATH: process.env['PATH'], ...options.env },
    signal: new AbortController().signal,
    stream: {
      write: (text: string) => {
        shown.text += text;
      },
      isTTY: options.isTTY ?? false,
      columns: options.columns ?? 80,
    },
    verbose: options.verbose ?? false,
    ...(options.logFile === undefined ? {} : { logFile: options.logFile }),
  });
  hosts.push(host);
  return Object.assign(shown, { host });
}

const build = (host: TerminalHost): Promise<void> =>
  host.log.group('Building', async () => {
    host.log.info('12 build-dependencies\n::error::x');
    host.progress.update('compiling');
    host.log.warning('old\u001b[0m');
    host.annotate({ level: 'error', message: 'bad\nmore', file: '/tmp/a.c', line: 3, title: 'gcc' });
    host.annotate({ level: 'notice', message: 'by the way' });
    await host.exec(['echo', 'detail ##[x]'], { output: 'log' });
  });

describe('where no terminal listens', () => {
  test('plain lines, each once, no escape code, no detail', async () => {
    const shown = screen();
    await build(shown.host);
    expect(shown.text.replace(/\d+\.\d s/, 'N s')).toBe(
      '  12 build-dependencies\n  \\::error::x\n  warning old\\x1b[0m\n  a.c:3: error: gcc: bad\n  notice: by the way\nok Building (N s)\n',
    );
    expect(shown.host.annotations.map(({ file }) => file)).toEqual(['a.c', undefined]);
  });

  test('verbose shows what commands print', async () => {
    const shown = screen({ verbose: true });
    await build(shown.host);
    expect(shown.text).toMatch(/^ {2}detail #\\#\[x\]$/m);
  });

  test('what a tool prints is folded away: only the running step shows it, whether it fails or not', async () => {
    const shown = screen();
    await shown.host.log.fold('Configure', async () => shown.host.log.detail('checking for gcc'));
    await expect(shown.host.log.fold('Build', () => Promise.reject(new UserError('E_BUILD', 'x')))).rejects.toThrowWithCode('E_BUILD');
    expect(shown.text).toBe('');
  });

  test('a failed step says so, with its error unchanged', async () => {
    const shown = screen();
    await expect(
      shown.host.log.group('Checking', async () => {
        throw new UserError('E_LINT', 'x');
      }),
    ).rejects.toThrowWithCode('E_LINT');
    expect(shown.text).toMatch(/^failed Checking \(0\.\d s\)\n$/);
  });
});

test('the log file holds all of it, secrets redacted', async () => {
  await using folder = await temporaryFolder('/tmp', 'terminal-test');
  const logFile = join(folder.path, 'logs', 'run.log');
  const shown = screen({ logFile });
  shown.host.mask('correct-horse');
  shown.host.log.info('key correct-horse');
  shown.host.log.debug('debug correct-horse');
  shown.host.summary.add('correct-horse');
  await build(shown.host);
  const log = readFileSync(logFile, 'utf8');
  expect(log).toMatch(/^key \*\*\*\ndebug \*\*\*\n--- Building\n {2}12 build-dep/);
  expect(log).toMatch(/\$ echo detail #\\#\[x\]\ndetail #\\#\[x\]\nok Building/);
  expect(log).toContain('\nmore\n');
  expect(shown.text).toMatch(/^key \*\*\*\n/);
  expect(shown.host.summary.text).toBe('***\n');
});

describe('in a terminal', () => {
  test('a live line is drawn and taken away, colours mark the outcome', async () => {
    const shown = screen({ isTTY: true });
    await build(shown.host);
    expect(shown.text).toContain('… Building (0.0 s)');
    expect(shown.text).toContain('\u001b[33mwarning\u001b[0m old\\x1b[0m\n');
    expect(shown.text).toMatch(/\r\u001b\[J\u001b\[32mok\u001b\[0m Building \(0\.\d s\)\n$/);
  });

  test('NO_COLOR has a live line without colours; CI and a dumb terminal have neither', async () => {
    const plain = screen({ isTTY: true, env: { NO_COLOR: '1' } });
    await build(plain.host);
    expect(plain.text).toContain('… Building');
    expect(plain.text).not.toMatch(/\u001b\[\d+m/);
    for (const env of [{ CI: 'true', NO_COLOR: '1' }, { TERM: 'dumb' }]) {
      const none = screen({ isTTY: true, env });
      await build(none.host);
      expect(none.text).not.toContain('\u001b');
      expect(none.text).not.toContain('…');
    }
  });
});

describe('the live line', () => {
  test('shows the innermost step, is throttled, and never fills the row', () => {
    let text = '';
    let now = 0;
    const stream = {
      write: (part: string) => {
        text += part;
      },
      columns: 20,
    };
    const live = new LiveLine(stream, true, () => now);
    live.start('outer');
    live.start('inner');
    expect(text).toMatch(/… outer \(0\.0 s\)\r\u001b\[J… inner \(0\.0 s\)$/);
    text = '';
    live.update('dropped');
    expect(text).toBe('');
    now = 90_000;
    live.update('漢字漢字漢字');
    expect(text).toBe('\r\u001b[J… inner (1 min 30 s');
    text = '';
    stream.columns = 7;
    live.print('line');
    expect(text).toBe('\r\u001b[2A\u001b[Jline\n… inne');
    live.stop('inner');
    live.stop('unknown');
    live.stop('outer');
    text = '';
    live.print('end');
    live.clear();
    expect(text).toBe('end\n');
  });

  test('is redrawn while nothing is said', async () => {
    let text = '';
    const live = new LiveLine(
      {
        write: (part: string) => {
          text += part;
        },
      },
      true,
      Date.now,
    );
    live.start('long');
    await new Promise((resolve) => setTimeout(resolve, 700));
    live.clear();
    expect(text.match(/… long/g)?.length).toBeGreaterThanOrEqual(2);
    expect(text.endsWith('\r\u001b[J')).toBe(true);
  });
});

test('columns of characters', () => {
  expect(['a', 'ü', '漢', '한', '😀', '\u0301'].map(columnsOf)).toEqual([1, 1, 2, 2, 2, 0]);
  expect(fitColumns('a漢字', 4)).toBe('a漢');
  expect([secondsWords(59_949), secondsWords(60_000), secondsWords(125_400)]).toEqual(['59.9 s', '1 min 00 s', '2 min 05 s']);
});
