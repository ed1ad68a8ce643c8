import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { User } from './runner/index.ts';

/** A user of this machine that is not root, for a test; gone with what sudo was told about it. */
export interface OrdinaryUser extends User, Disposable {
  readonly name: string;
  /** As on GitHub's hosted runners: sudo asks this user for no password, and gives root a terminal of its own if there is one. */
  allowSudo(): void;
  /** What sudo wrote into its log about this user. */
  sudoLog(): string;
}

/** `/usr/sbin` is not on everyone's PATH. */
const env = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` };
const run = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] });

export function ordinaryUser(): OrdinaryUser {
  const name = `release-kit-test-${process.pid}`;
  const rules = join('/etc/sudoers.d', name);
  const logs = mkdtempSync(join(tmpdir(), `${name}-`));
  const log = join(logs, 'sudo.log');
  run('useradd', '--no-create-home', '--user-group', '--shell', '/bin/sh', name);
  return {
    name,
    uid: Number(run('id', '-u', name)),
    gid: Number(run('id', '-g', name)),
    allowSudo: () => writeFileSync(rules, `Defaults:${name} use_pty, logfile=${log}\n${name} ALL=(ALL) NOPASSWD: ALL\n`, { mode: 0o440 }),
    sudoLog: () => readFileSync(log, 'utf8'),
    [Symbol.dispose]: () => {
      rmSync(rules, { force: true });
      rmSync(logs, { recursive: true });
      run('userdel', name);
    },
  };
}
