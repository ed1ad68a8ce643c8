/** @slow 110 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { RecordingHost } from '@release-kit/action';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { type Told, verdictOf } from '../support/smoke-gallery/verdict.ts';

/** Milliseconds; the first may have to make the base system. */
const long = 300_000;

function verdictOn(host: RecordingHost, script: string, more: Partial<Parameters<typeof verdictOf>[1]> = {}, given = {}): Promise<Told> {
  return verdictOf(
    host,
    { name: 'hostile', packages: [{ name: 'broken', scripts: { postinst: script } }], timeout: '20s', ...more },
    given,
  );
}

/** Those that hang, read, fork one by one and want the network are in the gallery of broken packages. */
describeWithMachines('a maintainer script', () => {
  test.each<[string, string, string, RegExp, Record<string, string>]>([
    [
      'that kills every process is named',
      'echo going\nkill -9 -1',
      'script-failed',
      /^the postinst script of broken (ended what it ran in|was running when dpkg|.*killed)/,
      {},
    ],
    [
      'that stops the system is named',
      'systemctl --force --force poweroff\nsleep 100',
      'script-failed',
      /^the postinst script of broken /,
      {},
    ],
    [
      'that prints without an end is named, however long ago it was announced',
      'yes "::error::spam" | head -c 90000000\nsleep 100',
      'resource-limit',
      /^the postinst script of broken was ended: .* printed more than 64 MiB/,
      {},
    ],
    [
      'that multiplies ends by the limit, with the tasks of its machine',
      // Nothing of what waits needs another process. It takes both processors until it is ended, so it begins shortly before, and only once:
      // that machines which are not booted have the limit as well is tested with them.
      '[ -d /run/systemd/system ] || exit 0\nsleep 8\nmkfifo /run/broken\nbomb() { bomb | bomb & }\nbomb\nread -r line < /run/broken',
      'script-hangs',
      /^the postinst script of broken was not done after N s(?!.* at: sleep)/,
      { jobs: '16', timeout: '15s' },
    ],
    [
      'that eats memory ends by the share of its machine',
      // 64 machines at a time: each may have a small part of the memory.
      'perl -e \'my @a; while (1) { push @a, "x" x 1000000 }\'',
      'script-failed',
      /^the postinst script of broken .*(killed|137|exit status)/i,
      { jobs: '64' },
    ],
    [
      'that calls apt, which waits for the one that called it, ends by the limit',
      'apt-get -q -y -o DPkg::Lock::Timeout=-1 install hello',
      'script-hangs',
      /^the postinst script of broken was not done after N s, at: apt-get /,
      {},
    ],
  ])(
    '%s',
    async (_, script, category, message, given) => {
      await using host = await machineHost();
      const { verdict } = await verdictOn(host, script, {}, given);
      expect(verdict.problems[0]).toMatchObject({ category, message: expect.stringMatching(message) });
      expect(verdict.outcome).toBe('failed');
      expect(host.recorded.lines.filter((line) => line.startsWith('::'))).toEqual([]);
    },
    long,
  );

  test(
    'that fills the disk is ended while the host has room, which it has back afterwards',
    async () => {
      await using plain = await machineHost();
      await using disk = await smallDisk(plain, '600m');
      const temporary = async (name: string) => {
        const path = await mkdtemp(join(disk.path, `release-kit-${name}-`));
        return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
      };
      const host = { ...plain, files: { ...plain.files, temporary } };
      const { verdict } = await verdictOn(host, 'while :; do head -c 2000000 /dev/zero >> /fill; sleep 0.02; done');
      expect(verdict.problems[0]).toMatchObject({
        category: 'resource-limit',
        message: expect.stringMatching(
          /^the postinst script of broken was ended: the disk of this host ran full: less than \d+ MiB are left/,
        ),
      });
      expect(await readdir(disk.path)).toEqual([]);
    },
    long,
  );

  test(
    'that leaves a process which hears nothing does not keep it, and the run goes on',
    async () => {
      await using host = await machineHost();
      const script = 'setsid sh -c \'trap "" TERM HUP INT; while :; do sleep 1; done\' >/dev/null 2>&1 </dev/null &';
      const { verdict } = await verdictOn(host, script);
      expect(verdict.problems).toEqual([]);
      expect(verdict.outcome).toBe('passed');
    },
    long,
  );
});

async function smallDisk(host: RecordingHost, size: string): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'small-disk-'));
  await host.exec(['mount', '-t', 'tmpfs', '-o', `size=${size}`, 'small-disk', path]);
  return {
    path,
    async [Symbol.asyncDispose]() {
      await host.exec(['umount', path]);
      await rm(path, { recursive: true });
    },
  };
}
