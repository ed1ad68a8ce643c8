import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { repository, runScript } from '../support/command-line.ts';
import { machineHost } from '../support/machine-host.ts';
import { manifestOf, type TinyPackage, tinyPackage } from '../support/packages.ts';
import { leftOf, nothing } from '../support/traces.ts';

const minute = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'shell-on-failure-'));
const temporary = join(folder, 'tmp');
mkdirSync(temporary);

afterAll(() => rmSync(folder, { recursive: true }));

const argsFor = (source: string) => ['--yes', '--shell-on-failure', `--output=${join(folder, 'out')}`, source];
const args = argsFor('examples/broken/compile-error');

interface Shown {
  readonly exitCode: number | null;
  readonly shown: string;
}

const runInTerminal = (source: string, typed: string): Promise<Shown> =>
  inTerminal([`${repository}scripts/build-local.sh`, ...argsFor(source)].join(' '), '(build) ', typed);

/** Runs the command in a terminal of its own, by script(1), and types when the prompt of the machine's shell is there. */
function inTerminal(command: string, prompt: string, typed: string): Promise<Shown> {
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd: repository,
    env: { ...process.env, TMPDIR: temporary, TERM: 'xterm', CI: '', RELEASE_KIT_YES: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let shown = '';
  let isTyped = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    if (isTyped || !shown.includes(prompt)) return;
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
    const { exitCode, shown } = await runInTerminal(
      'examples/broken/compile-error',
      'echo "in $(pwd) as $(id -un) with $(ls debian/rules), $((40 + 2))"\nexit 7\n',
    );
    expect(shown).toMatch(/in \/build\/compile-error-1\.0 as builder with debian\/rules, 42/);
    // What failed stays what it was.
    expect(shown).toMatch(/E_BUILD_COMPILE/);
    expect(exitCode).toBe(1);
    expect(leftOf(temporary)).toEqual(nothing);
  },
  10 * minute,
);

test(
  'build dependencies that cannot be installed open one as well: as root, with the network, where apt can be asked again',
  async () => {
    const source = join(folder, 'wanting');
    cpSync(join(repository, 'examples/broken/compile-error'), source, { recursive: true });
    const control = join(source, 'debian/control');
    writeFileSync(control, readFileSync(control, 'utf8').replace(/^Build-Depends: */m, '$&release-kit-no-such, '));
    const again = 'apt-get build-dep --dry-run ./ 2>&1 | grep -c "release-kit-no-such but"';
    const { exitCode, shown } = await runInTerminal(source, `echo "in $(pwd) as $(id -un), $(${again}) again"\nexit\n`);
    expect(shown).toMatch(/To try again: apt-get --arch-only build-dep \.\//);
    expect(shown).toMatch(/in \/var\/tmp\/needs as root, 1 again/);
    expect(shown).toMatch(/E_BUILD_DEPENDS/);
    expect(exitCode).toBe(1);
    expect(leftOf(temporary)).toEqual(nothing);
  },
  10 * minute,
);

test(
  'a step that fails on a clean system opens one in the booted machine, where the service can be looked at and started again',
  async () => {
    const packages = join(folder, 'packages');
    mkdirSync(packages);
    await using host = await machineHost();
    const unit = '[Service]\nExecStart=/bin/sh -c "echo no table; exit 4"\n[Install]\nWantedBy=multi-user.target\n';
    const broken: TinyPackage = {
      name: 'broken',
      files: { 'usr/lib/systemd/system/broken.service': unit },
      scripts: { postinst: 'systemctl daemon-reload; systemctl enable --now broken.service || true' },
    };
    await manifestOf(packages, [await tinyPackage(host, packages, broken)]);
    const command = [`${repository}scripts/release-kit smoke --shell-on-failure`, `--output=${packages}`, folder].join(' ');
    const journal = 'journalctl --unit=broken --output=cat | grep -c "no table"';
    const typed = `echo "in $(pwd) as $(id -un) of $(cat /proc/1/comm), $((40 + 2)), $(${journal}) lines"\nexit 7\n`;
    const { exitCode, shown } = await inTerminal(command, '(smoke) ', typed);
    expect(shown).toMatch(
      /A shell in the machine of debian:12\/amd64, life cycle, after the step services, as root, in \/, without network/,
    );
    expect(shown).toMatch(/To try again: systemctl restart broken\.service/);
    expect(shown).toMatch(/in \/ as root of systemd, 42, [1-9]\d* lines/);
    // What failed stays what it was, and what would have come after it is not told of a machine that somebody has changed.
    expect(shown).toMatch(/E_SMOKE_SERVICE/);
    expect(shown).not.toMatch(/✓ remove|✗ remove/);
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
