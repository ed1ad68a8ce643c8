import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { commandsForAll, errorOf, sh } from './commands.test-support.ts';
import { recordingHost } from './recording-host.ts';

const { host, folder } = await commandsForAll();

describe('how a command is started', () => {
  test('arguments reach the program byte for byte, without a shell', async () => {
    const { stdout } = await host.exec(['printf', '%s|', '$(id)', 'a b', '*', "'", '`x`', 'ü']);
    expect(stdout).toBe("$(id)|a b|*|'|`x`|ü|");
  });

  test('the environment holds what is documented and nothing else', async () => {
    process.env['SPAWN_TEST_LEAK'] = 'leaked';
    const { stdout } = await host.exec(['/usr/bin/env'], { env: { GIVEN: 'yes' } });
    delete process.env['SPAWN_TEST_LEAK'];
    const names = stdout
      .trim()
      .split('\n')
      .map((line) => line.split('=')[0]);
    expect(names.sort()).toEqual(['GIVEN', 'HOME', 'LANG', 'LC_ALL', 'PATH', 'TZ']);
    expect(stdout).toMatch(/^PATH=.*:\/usr\/sbin(:|$)/m);
    expect(stdout).toMatch(/^LC_ALL=C\.UTF-8$/m);
  });

  test('the workspace is the working folder unless another is given', async () => {
    expect((await host.exec(['pwd'])).stdout).toBe(`${host.files.workspace}\n`);
    expect((await host.exec(['pwd'], { cwd: '/usr' })).stdout).toBe('/usr\n');
  });

  test('a missing program, a missing folder and a program that may not run are told apart', async () => {
    await expect(host.exec(['release-kit-no-such-program'])).rejects.toThrowWithCode(
      'E_TOOL_MISSING',
      /release-kit-no-such-program is not installed/,
    );
    await expect(host.exec(['true'], { cwd: join(folder.path, 'missing') })).rejects.toThrowWithCode(
      'E_PATH',
      /working folder .*missing does not exist/,
    );
    await expect(host.exec(['/etc/passwd'])).rejects.toThrowWithCode('E_COMMAND', /permission denied/);
  });

  test('a NUL byte in an argument and an endless argument list are clear errors', async () => {
    await expect(host.exec(['printf', 'a\0b'])).rejects.toThrowWithCode('E_INPUT', /NUL/);
    await expect(host.exec(['true', 'x'.repeat(3_000_000)])).rejects.toThrowWithCode('E_COMMAND', /too long/);
  });

  test('files that cannot be opened are named', async () => {
    const missing = join(folder.path, 'no', 'file');
    await expect(host.exec(['cat'], { stdin: { file: missing } })).rejects.toThrowWithCode('E_PATH', /cannot be read/);
    await expect(host.exec(['true'], { stdoutFile: missing })).rejects.toThrowWithCode('E_PATH', /cannot be written/);
    await expect(host.exec(['true'], { logFile: missing })).rejects.toThrowWithCode('E_PATH', /cannot be written/);
  });
});

describe('what goes in', () => {
  test('bytes, text and files arrive exactly', async () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 256);
    const file = join(folder.path, 'input');
    writeFileSync(file, bytes);
    const digest = (await host.exec(['sha256sum', file])).stdout.slice(0, 64);
    expect((await host.exec(['sha256sum'], { stdin: bytes })).stdout.slice(0, 64)).toBe(digest);
    expect((await host.exec(['sha256sum'], { stdin: { file } })).stdout.slice(0, 64)).toBe(digest);
    expect((await host.exec(['cat'], { stdin: 'grüß' })).stdout).toBe('grüß');
  });

  test('a child that does not read its input decides by its exit code', async () => {
    const stdin = new Uint8Array(8_000_000);
    expect((await host.exec(['true'], { stdin })).exitCode).toBe(0);
    const { failure } = await errorOf(host.exec(sh('exec <&-; sleep 0.2; exit 4'), { stdin }));
    expect(failure.exitCode).toBe(4);
  });

  test('without input the child reads end of file', async () => {
    expect((await host.exec(['cat'])).stdout).toBe('');
  });
});

describe('what comes out', () => {
  test('both streams are kept apart, invalid bytes as replacement characters', async () => {
    const result = await host.exec(sh(`printf 'a\\377b\\303'; printf 'err' >&2`));
    expect(result).toEqual({ exitCode: 0, stdout: 'a\ufffdb\ufffd', stderr: 'err' });
  });

  test('a character cut by a chunk border stays whole', async () => {
    const { stdout } = await host.exec(sh(`printf '\\303'; sleep 0.1; printf '\\274\\n'`));
    expect(stdout).toBe('ü\n');
  });

  test('lines arrive raw and in order, the last one without line feed too', async () => {
    const lines: string[] = [];
    await host.exec(sh(`printf 'one\\ntw'; sleep 0.1; printf 'o\\n\\nthree\\r'`), {
      onLine: (line, stream) => lines.push(`${stream}:${line}`),
    });
    expect(lines).toEqual(['stdout:one', 'stdout:two', 'stdout:', 'stdout:three\r']);
  });

  test('printed lines are inert, and of a progress line only what a terminal leaves', async () => {
    await host.exec(sh(`printf '::error::x\\n  ##[add-mask]a\\n\\033[31mred\\n10%%\\r20%%\\r30%%\\r\\n'`), { output: 'log' });
    expect(host.recorded.lines.slice(-4)).toEqual(['\\::error::x', '  #\\#[add-mask]a', '\\x1b[31mred', '30%']);
  });

  test('quiet prints nothing', async () => {
    const before = host.recorded.lines.length;
    await host.exec(['echo', 'quiet']);
    expect(host.recorded.lines.length).toBe(before);
  });

  test('neither a log nor an output is written through a link that somebody put in its place', async () => {
    const [victim, link] = [join(folder.path, 'victim'), join(folder.path, 'link')];
    writeFileSync(victim, 'precious');
    symlinkSync(victim, link);
    await expect(host.exec(['echo', 'x'], { logFile: link })).rejects.toThrowWithCode('E_PATH', /link cannot be written/);
    await expect(host.exec(['echo', 'x'], { stdoutFile: link })).rejects.toThrowWithCode('E_PATH', /link cannot be written/);
    expect(readFileSync(victim, 'utf8')).toBe('precious');
  });

  test('stdoutFile gets the bytes, stdout is empty', async () => {
    const stdoutFile = join(folder.path, 'bytes');
    const result = await host.exec(sh(`printf 'a\\377\\000b'; echo note >&2`), { stdoutFile });
    expect(result).toEqual({ exitCode: 0, stdout: '', stderr: 'note\n' });
    expect([...readFileSync(stdoutFile)]).toEqual([97, 255, 0, 98]);
  });

  test('logFile is appended to, line by line, secrets redacted', async () => {
    const logFile = join(folder.path, 'log');
    host.mask('hunter2-hunter2');
    await host.exec(sh('echo first; echo second >&2'), { logFile });
    await host.exec(sh('printf hunter2; sleep 0.1; printf "%s\\n" -hunter2; printf end'), { logFile });
    const lines = readFileSync(logFile, 'utf8').split('\n');
    expect(lines.slice(0, 2).sort()).toEqual(['first', 'second']);
    expect(lines.slice(2)).toEqual(['***', 'end', '']);
  });

  test('a full disk stops the command and is an error', async () => {
    const start = Date.now();
    await expect(host.exec(sh('echo x; sleep 30'), { logFile: '/dev/full' })).rejects.toThrow(/ENOSPC/);
    expect(Date.now() - start).toBeLessThan(8000);
  });

  test('an error in onLine stops the command and comes back', async () => {
    const failing = host.exec(sh('echo x; exec sleep 30'), {
      onLine: () => {
        throw new Error('parser broke');
      },
    });
    await expect(failing).rejects.toThrow('parser broke');
  });

  test('a line of 50 MB takes time in proportion to its length', async () => {
    const seconds = async (megabytes: number): Promise<number> => {
      const start = process.cpuUsage();
      const { stdout } = await host.exec(sh(`head -c ${megabytes}000000 /dev/zero | tr '\\0' a`), { output: 'log' });
      expect(stdout.length).toBe(megabytes * 1_000_000);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1e6;
    };
    await seconds(5);
    const small = await seconds(10);
    expect(await seconds(50)).toBeLessThan(Math.max(1, small) * 5 * 2.5);
    expect(host.recorded.lines.at(-1)).toMatch(/^a{4000} … \(cut: 50000000 characters\)$/);
  }, 60_000);

  test('an answer in bytes arrives byte for byte, and a caller may set a lower limit', async () => {
    const every = Array.from({ length: 256 }, (_, byte) => byte);
    const { stdout } = await host.exec(['cat'], { stdin: Uint8Array.from(every), encoding: 'latin1' });
    expect([...Buffer.from(stdout, 'latin1')]).toEqual(every);
    const error = await errorOf(host.exec(sh('head -c 2000000 /dev/zero'), { outputLimit: 1024 * 1024 }));
    expect(error).toMatchObject({ code: 'E_COMMAND', message: expect.stringMatching(/more than 1 MiB/) });
  });

  test('more than is kept stops the command; keep: false allows any amount', async () => {
    const endless = sh('yes 0123456789012345678901234567890123456789 | head -c 70000000');
    const error = await errorOf(host.exec(endless));
    expect(error).toMatchObject({ code: 'E_COMMAND', message: expect.stringMatching(/more than 64 MiB/) });
    expect(error.failure.lastLines[0]).toBe('0123456789012345678901234567890123456789');
    let lines = 0;
    const result = await host.exec(endless, {
      keep: false,
      onLine: () => {
        lines += 1;
      },
    });
    expect(result).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(lines).toBe(Math.ceil(70_000_000 / 41));
  }, 60_000);
});

test('what must run to its end starts and ends although the run is interrupted; nothing else does', async () => {
  const controller = new AbortController();
  await using interrupted = await recordingHost({ signal: controller.signal });
  const running = interrupted.exec(sh('sleep 0.3; echo whole'), { uninterrupted: true });
  controller.abort();
  expect((await running).stdout).toBe('whole\n');
  expect((await interrupted.exec(['echo', 'clean-up'], { uninterrupted: true })).stdout).toBe('clean-up\n');
  await expect(interrupted.exec(['echo'])).rejects.toThrowWithCode('E_CANCELLED');
  await expect(interrupted.exec(['sleep', '60'], { uninterrupted: true, timeout: 100 })).rejects.toThrowWithCode('E_TIMEOUT');
});
