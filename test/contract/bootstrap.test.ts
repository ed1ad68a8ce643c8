import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const original = join(import.meta.dirname, '../../scripts/bootstrap.sh');
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'release-kit-bootstrap-'));
  mkdirSync(join(root, 'scripts'));
  cpSync(original, join(root, 'scripts/bootstrap.sh'));
  writeFileSync(join(root, 'package-lock.json'), '{}');
  // npm is replaced: what is proved here is when it is called and what is said, not what it installs.
  write(
    'bin/npm',
    '#!/bin/sh\necho "npm noise"; echo "in $PWD: $@" >> "$CALLS"\n[ "$FAIL" = 1 ] && { echo "npm broke"; exit 7; }\nmkdir -p node_modules/.bin; : > node_modules/.package-lock.json\n',
  );
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string, mode = 0o755): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
  chmodSync(join(root, file), mode);
}

function source(
  script = 'node --version',
  env: Readonly<Record<string, string>> = {},
): { readonly status: number; readonly said: string; readonly calls: string } {
  writeFileSync(join(root, 'calls'), '');
  const path = `${join(root, 'bin')}:${dirname(process.execPath)}:/usr/bin:/bin`;
  const text = `set -euo pipefail\n. ${join(root, 'scripts/bootstrap.sh')}\n${script}\n`;
  const options = {
    encoding: 'utf8' as const,
    stdio: 'pipe' as const,
    env: { PATH: path, HOME: root, CALLS: join(root, 'calls'), ...env },
  };
  const calls = (): string => readFileSync(join(root, 'calls'), 'utf8');
  try {
    return { status: 0, said: execFileSync('bash', ['-c', `exec 2>&1\n${text}`], options), calls: calls() };
  } catch (error) {
    return { status: Number(Reflect.get(Object(error), 'status')), said: String(Reflect.get(Object(error), 'stdout')), calls: calls() };
  }
}

describe('bootstrap', () => {
  test('installs packages once, in one line, without what npm says and without install scripts', () => {
    const first = source();
    expect(first).toMatchObject({
      status: 0,
      said: `Installing the packages of package-lock.json into node_modules: the toolkit of GitHub Actions, the compiler, the test runner.\n${process.version}\n`,
    });
    expect(first.calls).toContain(`in ${root}: install --no-save --ignore-scripts --no-audit --no-fund --fetch-retries=`);
    expect(first.calls.trimEnd()).not.toContain('\n');
    expect(source()).toEqual({ status: 0, said: `${process.version}\n`, calls: '' });
  });

  test('installs again when the lock file changed, and trusts a newer record of npm', () => {
    source();
    writeFileSync(join(root, 'package-lock.json'), '{"changed":true}');
    expect(source().calls).toMatch(/ install /);
    rmSync(join(root, 'node_modules/.release-kit-lock'));
    const [old, now] = [new Date(1_700_000_000_000), new Date()];
    utimesSync(join(root, 'package-lock.json'), old, old);
    utimesSync(join(root, 'node_modules/.package-lock.json'), now, now);
    expect(source().calls).toBe('');
    utimesSync(join(root, 'node_modules/.package-lock.json'), old, old);
    expect(source().calls).toMatch(/ install /);
  });

  test('shows the end of what npm said when it fails, and stops', () => {
    const { status, said } = source('echo not reached', { FAIL: '1' });
    expect(status).not.toBe(0);
    expect(said).toMatch(/npm ended with exit code 7; its last lines:\n {2}npm noise\n {2}npm broke/);
    expect(said).not.toMatch(/not reached/);
  });

  test('puts Node 24 first where the machine has an older one, and refuses one that is too old', () => {
    write('bin/node', '#!/bin/sh\n[ "$1" = -p ] && echo 20 || echo v20.20.0\n');
    write(`scripts/node/node_modules/node-linux-${process.arch}/bin/node`, '#!/bin/sh\n[ "$1" = -p ] && echo 24 || echo v24.0.0\n');
    expect(source().said).toMatch(/v24\.0\.0\n$/);
    write('bin/node', '#!/bin/sh\n[ "$1" = -p ] && echo 18 || echo v18.19.0\n');
    expect(source('echo not reached')).toMatchObject({
      status: 2,
      said: 'release-kit needs Node 20 or newer to start from; this is v18.19.0.\n',
    });
  });

  test('a Node 24 that npm left out in silence, and a Node that does not start, are said', () => {
    write('bin/node', '#!/bin/sh\n[ "$1" = -p ] && echo 20 || echo v20.20.0\n');
    rmSync(join(root, 'scripts/node/node_modules'), { recursive: true, force: true });
    write('bin/npm', '#!/bin/sh\nexit 0\n');
    const silent = source('echo not reached');
    expect(silent.status).toBe(2);
    expect(silent.said).toMatch(/Check that this machine reaches its npm registry \(npm ping\), then run the command again\.\n$/);
    write('bin/node', '#!/bin/sh\nexit 127\n');
    expect(source('echo not reached')).toMatchObject({ status: 2, said: expect.stringMatching(/bin\/node does not start\.\n$/) });
  });

  test('installs nothing with apt where nothing is missing, and lists what is missing with its reason', () => {
    source();
    write('bin/apt-get', '#!/bin/sh\necho "apt $*" >> "$CALLS"\n');
    write('bin/sudo', '#!/bin/sh\nshift\nexec "$@"\n');
    expect(source('require_programs sh:dash:shell /etc/passwd:base-passwd:users')).toEqual({ status: 0, said: '', calls: '' });
    const { said, calls } = source("require_programs sh:dash:shell no-such-a:pkg-b:'why b' no-such-c:pkg-a:'why a' /no/file:pkg-a:'why a'");
    expect(said).toBe('Missing on this host, to be installed with apt:\n  pkg-a - why a\n  pkg-b - why b\n');
    expect(calls).toMatch(/^apt .* install --no-install-recommends pkg-b pkg-a pkg-a\n$/);
  });
});
