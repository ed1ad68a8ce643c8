import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { Argv } from './command.ts';
import { commandsForAll, errorOf, sh } from './commands.test-support.ts';
import { recordingHost } from './recording-host.ts';

const { host, folder } = await commandsForAll();

const node = (script: string): Argv => [process.execPath, '-e', script];
const isAlive = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

describe('how it ends', () => {
  test('another exit code is a CommandError with argv and the last lines of both streams', async () => {
    const error = await errorOf(host.exec(sh('for i in $(seq 30); do echo line $i; done; printf "::error::no\\n" >&2; exit 3')));
    expect(error.code).toBe('E_COMMAND');
    expect(error.message).toBe('sh ended with exit code 3');
    expect(error.failure).toMatchObject({ exitCode: 3, signal: null });
    expect(error.failure.argv[0]).toBe('sh');
    expect(error.failure.lastLines).toHaveLength(20);
    expect(error.failure.lastLines).toContain('\\::error::no');
    expect(error.failure.lastLines).toContain('line 30');
  });

  test("allowed exit codes, code and words of the failure are the caller's", async () => {
    expect((await host.exec(sh('exit 3'), { allow: [0, 3] })).exitCode).toBe(3);
    expect((await host.exec(sh('kill -9 $$'), { allow: 'any' })).exitCode).toBeNull();
    await expect(host.exec(['true'], { allow: [1] })).rejects.toThrowWithCode('E_COMMAND', /exit code 0/);
    await expect(host.exec(['false'], { errorCode: 'E_BUILD', failure: 'no build' })).rejects.toThrowWithCode('E_BUILD', /^no build$/);
    await expect(host.exec(sh('kill -TERM $$'))).rejects.toThrowWithCode('E_COMMAND', /was ended by SIGTERM/);
    await expect(host.exec(sh('exit 137'))).rejects.toThrowWithCode('E_COMMAND', /memory/);
  });

  test('secrets are redacted from argv and last lines', async () => {
    host.mask('correct-horse-battery');
    const error = await errorOf(host.exec(sh('echo correct-horse-battery; false')));
    expect(JSON.stringify(error.failure)).not.toContain('correct-horse');
    expect(error.failure.lastLines).toEqual(['***']);
    expect(host.recorded.debug.join('\n')).not.toContain('correct-horse');
  });

  test('a timeout ends the whole group', async () => {
    const started = Date.now();
    const pids: number[] = [];
    const error = await errorOf(
      host.exec(sh('sleep 60 & echo $!; echo $$; wait'), { timeout: 300, onLine: (line) => pids.push(Number(line)) }),
    );
    expect(error.code).toBe('E_TIMEOUT');
    expect(error.message).toBe('sh took longer than 300 ms');
    expect(error.failure.lastLines).toHaveLength(2);
    expect(Date.now() - started).toBeLessThan(8000);
    expect(pids.map(isAlive)).toEqual([false, false]);
  });

  test('what ignores SIGTERM gets SIGKILL', async () => {
    const started = Date.now();
    await expect(host.exec(sh('trap "" TERM; while :; do sleep 0.1; done'), { timeout: 200 })).rejects.toThrowWithCode('E_TIMEOUT');
    const took = Date.now() - started;
    expect(took).toBeGreaterThan(2000);
    expect(took).toBeLessThan(10_000);
  }, 30_000);

  test('a process left in the background does not outlive the command', async () => {
    const { stdout } = await host.exec(sh('sleep 60 >/dev/null 2>&1 & echo $!'));
    await sleep(50);
    expect(isAlive(Number(stdout))).toBe(false);
  });

  test('a process that keeps the pipe open does not hold up the end', async () => {
    const started = Date.now();
    const { stdout } = await host.exec(sh('sleep 60 & echo $!'));
    expect(Date.now() - started).toBeLessThan(10_000);
    await sleep(50);
    expect(isAlive(Number(stdout))).toBe(false);
  }, 30_000);

  test('a process that left the group and keeps writing does not hold up the end', async () => {
    const started = Date.now();
    const { stdout } = await host.exec(sh('setsid sh -c "echo \\$\\$; while sleep 0.1; do echo x; done" & sleep 0.3'));
    expect(Date.now() - started).toBeLessThan(15_000);
    process.kill(-Number(stdout.split('\n')[0]), 'SIGKILL');
  }, 30_000);

  test("the host's signal and the caller's signal cancel", async () => {
    const controller = new AbortController();
    const started = Date.now();
    const running = host.exec(['sleep', '60'], { signal: controller.signal });
    setTimeout(() => controller.abort(), 100);
    await expect(running).rejects.toThrowWithCode('E_CANCELLED', /interrupted/);
    expect(Date.now() - started).toBeLessThan(8000);
    await expect(host.exec(['true'], { signal: controller.signal })).rejects.toThrowWithCode('E_CANCELLED');
    await using stopped = await recordingHost({ signal: AbortSignal.abort() });
    await expect(stopped.exec(['true'])).rejects.toThrowWithCode('E_CANCELLED');
  });

  test('fifty commands leave no open file, no listener and no warning', async () => {
    const controller = new AbortController();
    await using many = await recordingHost({ signal: controller.signal });
    const warnings: Error[] = [];
    const note = (warning: Error): void => {
      warnings.push(warning);
    };
    process.on('warning', note);
    const open = (): number => readdirSync('/proc/self/fd').length;
    const file = join(folder.path, 'shared');
    writeFileSync(file, 'x');
    await many.exec(['true']);
    const before = open();
    await Promise.all(
      Array.from({ length: 50 }, () =>
        many.exec(['cat'], { stdin: { file }, logFile: `${file}.log`, stdoutFile: `${file}.out`, timeout: 60_000 }),
      ),
    );
    await sleep(100);
    process.off('warning', note);
    expect(open() - before).toBeLessThan(5);
    expect(warnings).toEqual([]);
  }, 30_000);
});

test('a child process that is a group of its own is not reached by Ctrl-C before us', async () => {
  const { stdout } = await host.exec(node('console.log(require("fs").readFileSync("/proc/self/stat", "utf8").split(") ")[1])'));
  const [, , group, session] = stdout.split(' ');
  expect(Number(group)).not.toBe(process.pid);
  expect(group).toBe(session);
});
