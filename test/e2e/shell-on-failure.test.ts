import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { repository, runScript } from '../support/command-line.ts';
import { leftOf, nothing } from '../support/traces.ts';

const minute = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'shell-on-failure-'));
const temporary = join(folder, 'tmp');
mkdirSync(temporary);

afterAll(() => rmSync(folder, { recursive: true }));

const args = ['--yes', '--shell-on-failure', `--output=${join(folder, 'out')}`, 'examples/broken/compile-error'];

/** Runs the script in a terminal of its own, by script(1), and types when the prompt of the machine's shell is there. */
function runInTerminal(typed: string): Promise<{ exitCode: number | null; shown: string }> {
  const command = [`${repository}scripts/build-local.sh`, ...args].join(' ');
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd: repository,
    env: { ...process.env, TMPDIR: temporary, TERM: 'xterm', CI: '' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let shown = '';
  let isTyped = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    if (isTyped || !shown.includes('(build) ')) return;
    isTyped = true;
    child.stdin.write(typed);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, shown }));
  });
}

test(
  'a failed build opens a shell in its machine: there, as the build user, with the tree as it was left',
  async () => {
    const { exitCode, shown } = await runInTerminal('echo "in $(pwd) as $(id -un) with $(ls debian/rules), $((40 + 2))"\nexit 7\n');
    expect(shown).toMatch(/in \/build\/compile-error-1\.0 as builder with debian\/rules, 42/);
    // What failed stays what it was.
    expect(shown).toMatch(/E_BUILD_COMPILE/);
    expect(exitCode).toBe(1);
    expect(leftOf(temporary)).toEqual(nothing);
  },
  10 * minute,
);

test(
  'without a terminal the flag is answered, and the run ends as it would',
  async () => {
    const { exitCode, stdout } = await runScript('scripts/build-local.sh', args, { env: { TMPDIR: temporary } });
    expect(stdout).toMatch(/^--shell-on-failure does nothing: there is no terminal$/m);
    expect(exitCode).toBe(1);
  },
  5 * minute,
);
