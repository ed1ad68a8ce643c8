/** @in-turn docker: a Docker daemon changes the packet filter of the host, and puts it back. */
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { parseDistribution } from '@release-kit/debian';
import { basePackages, createMachine, prepareBase } from './index.ts';
import type { BaseSystem, BootedMachine, Machine } from './machine.ts';
import { able, cache, engines, type Ground, groundOf, until, untilGone } from './testing/traces.ts';

const contract = able ? describe : describe.skip;

contract.each(engines)('machines by %s', (engine) => {
  let ground: Ground;
  let host: RecordingHost;
  let base: BaseSystem;
  let machine: Machine;

  beforeAll(async () => {
    ground = await groundOf(engine);
    host = await recordingHost({ cache, env: ground.env });
    base = await prepareBase(host, { distribution: parseDistribution('debian:12'), architecture: 'amd64', packages: basePackages.smoke });
    machine = await createMachine(host, base, engine);
  }, 300_000);
  afterAll(async () => {
    await machine[Symbol.asyncDispose]();
    await host[Symbol.asyncDispose]();
    await ground[Symbol.asyncDispose]();
  }, 60_000);

  describe('run', () => {
    test.each([0, 1, 23, 126, 127, 255])('passes exit code %d', async (code) => {
      const { exitCode } = await machine.run(['sh', '-c', `exit ${code}`], { allow: 'any' });
      expect(exitCode).toBe(code);
    });

    test('says 127 for a program that is not there and 128 + n for a signal', async () => {
      expect((await machine.run(['/no/such'], { allow: 'any' })).exitCode).toBe(127);
      expect((await machine.run(['sh', '-c', 'kill -9 $$'], { allow: 'any' })).exitCode).toBe(137);
    });

    test('fails with the code and the words asked for', async () => {
      await expect(machine.run(['false'], { errorCode: 'E_BUILD', failure: 'it broke' })).rejects.toThrowWithCode('E_BUILD', /it broke/);
    });

    test('keeps both streams apart and passes standard input as bytes', async () => {
      const bytes = Buffer.from([0, 255, 254, 10, 13, 128]);
      const { stdout, stderr } = await machine.run(['sh', '-c', 'od -An -tu1; echo problem >&2'], { stdin: bytes });
      expect(stdout.trim()).toBe('0 255 254  10  13 128');
      expect(stderr).toBe('problem\n');
    });

    test('passes a megabyte through both directions', async () => {
      const text = 'x'.repeat(1023);
      const { stdout } = await machine.run(['cat'], { stdin: `${text}\n`.repeat(1024) });
      expect(stdout.length).toBe(1024 * 1024);
    });

    test('passes words and variables exactly, whatever they hold', async () => {
      const words = ['$HOME', '$$', '`id`', 'a b', '', "it's", '"', 'new\nline', '%n', '\\', '--help', 'ä'];
      const { stdout } = await machine.run(['sh', '-c', 'printf "%s|" "$X" "$@"', 'sh', ...words], { env: { X: 'v $HOME\n2' } });
      expect(stdout).toBe(['v $HOME\n2', ...words, ''].join('|'));
    });

    test('runs as the user and in the folder named, with nothing of our environment', async () => {
      process.env['RELEASE_KIT_TEST_SECRET'] = 'leak';
      const { stdout } = await machine.run(['sh', '-c', 'id -un; pwd; env'], { user: 'nobody', cwd: '/tmp' });
      delete process.env['RELEASE_KIT_TEST_SECRET'];
      expect(stdout).toMatch(/^nobody\n\/tmp\n/);
      expect(stdout).not.toMatch(/leak|NOTIFY_SOCKET/);
      expect(stdout).toMatch(/^DEBIAN_FRONTEND=noninteractive$/m);
      expect(stdout).toMatch(/^TZ=UTC$/m);
    });

    test('has no network but loopback unless it is asked for', async () => {
      const interfaces = ['sh', '-c', 'tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d " " | sort'] as const;
      expect((await machine.run(interfaces)).stdout).toBe('lo\n');
      const { stdout: flags } = await machine.run(['cat', '/sys/class/net/lo/flags']);
      expect(Number(flags) & 1).toBe(1); // IFF_UP
    });

    test('has the network for the command that asks for it, and no longer', async () => {
      const routes = ['sh', '-c', 'tail -n +2 /proc/net/route | cut -f2 | sort -u | head -1'] as const;
      expect((await machine.run(routes, { network: true })).stdout).toBe('00000000\n');
      expect((await machine.run(routes)).stdout).toBe('');
      await expect(machine.run(['sh', '-c', 'cat /proc/net/route; false'], { network: true })).rejects.toThrowWithCode('E_COMMAND');
      expect((await machine.run(routes)).stdout).toBe('');
    });

    test('has room in /tmp, which is kept between commands; nothing of it reaches the base system', async () => {
      await machine.run(['sh', '-c', 'echo kept > /tmp/file; echo changed > /etc/issue']);
      const { stdout } = await machine.run(['sh', '-c', 'cat /tmp/file; stat -f -c %T /tmp']);
      expect(stdout).toBe('kept\noverlayfs\n');
      expect(await readFile(join(base.root, 'etc/issue'), 'utf8')).not.toMatch(/changed/);
      await expect(stat(join(base.root, 'tmp/file'))).rejects.toThrow('ENOENT');
    });

    test('cannot make device nodes, immutable files or mounts', async () => {
      for (const argv of [
        ['mknod', '/tmp/disk', 'b', '254', '0'],
        ['mount', '-t', 'tmpfs', 'x', '/mnt'],
        ['chattr', '+i', '/etc/issue'],
      ] as const) {
        const { exitCode } = await machine.run(argv, { allow: 'any' });
        expect([argv[0], exitCode]).not.toEqual([argv[0], 0]);
      }
    });

    test('ends a command that takes too long, with all it started', async () => {
      const mark = `9${Date.now()}`;
      const started = Date.now();
      await expect(machine.run(['sh', '-c', `(setsid sleep ${mark} &); sleep ${mark}`], { timeout: 500 })).rejects.toThrowWithCode(
        'E_TIMEOUT',
      );
      expect(Date.now() - started).toBeLessThan(10_000);
      await untilGone(mark);
      expect((await machine.run(['echo', 'again'])).stdout).toBe('again\n');
    });

    test('takes turns: commands given at the same time do not meet', async () => {
      const both = ['a', 'b'].map((name) =>
        machine.run(['sh', '-c', `test ! -e /tmp/busy; echo $?; touch /tmp/busy; sleep 0.3; rm /tmp/busy; echo ${name}`]),
      );
      const outputs = (await Promise.all(both)).map(({ stdout }) => stdout);
      expect(outputs).toEqual(['0\na\n', '0\nb\n']);
    });
  });

  describe('copying', () => {
    test('copyIn keeps modes and links, and gives all to root or to the owner named', async () => {
      await using folder = await host.files.temporary('in');
      await mkdir(join(folder.path, 'sub'));
      await writeFile(join(folder.path, 'sub', 'run me'), '#!/bin/sh\n');
      await chmod(join(folder.path, 'sub', 'run me'), 0o751);
      await symlink('run me', join(folder.path, 'sub', 'link'));
      await machine.copyIn(folder.path, '/srv/for root');
      await machine.copyIn(folder.path, '/srv/for-nobody', 'nobody');
      const { stdout } = await machine.run([
        'find',
        '/srv/for root',
        '/srv/for-nobody',
        '-mindepth',
        '1',
        '-printf',
        '%P %y %m %u %g %l\n',
      ]);
      const expected = (user: string, group: string) => [
        `sub d 755 ${user} ${group} `,
        `sub/link l 777 ${user} ${group} run me`,
        `sub/run me f 751 ${user} ${group} `,
      ];
      expect(stdout.trimEnd().split('\n').sort()).toEqual([...expected('nobody', 'nogroup'), ...expected('root', 'root')].sort());
    });

    test('copyIn leaves a folder that is there as it is, be it the root; one that it makes is open to all', async () => {
      await using folder = await host.files.temporary('in');
      await chmod(folder.path, 0o700);
      await writeFile(join(folder.path, 'copied'), '1\n');
      await machine.run(['sh', '-c', 'mkdir -m 2750 /srv/kept; chown nobody /srv/kept']);
      for (const place of ['/', '/srv/kept', '/srv/made']) await machine.copyIn(folder.path, place, 'nobody');
      const { stdout } = await machine.run(['stat', '-c', '%n %a %U', '/', '/copied', '/srv/kept', '/srv/made']);
      expect(stdout.trim().split('\n')).toEqual(['/ 755 root', '/copied 644 nobody', '/srv/kept 2750 nobody', '/srv/made 755 nobody']);
    });

    test('copyIn of an empty folder makes one', async () => {
      await using folder = await host.files.temporary('in');
      await machine.copyIn(folder.path, '/srv/empty/below', 'nobody');
      expect((await machine.run(['find', '/srv/empty', '-printf', '%P %u\n'])).stdout).toBe(' root\nbelow nobody\n');
    });

    test('copyOut gives files that are ours, with their modes but no setuid', async () => {
      await using folder = await host.files.temporary('out');
      await machine.run([
        'sh',
        '-c',
        'mkdir -p /srv/out/sub; cd /srv/out; echo 1 > sub/plain; echo 2 > tool; chmod 4755 tool; chmod 640 sub/plain; chown -R nobody .',
      ]);
      await machine.copyOut('/srv/out', folder.path);
      const tool = await stat(join(folder.path, 'tool'));
      expect([tool.mode & 0o7777, tool.uid]).toEqual([0o755, 0]);
      expect((await stat(join(folder.path, 'sub/plain'))).mode & 0o7777).toBe(0o640);
      expect(await readFile(join(folder.path, 'sub/plain'), 'utf8')).toBe('1\n');
    });

    test.each([
      ['a symbolic link', 'ln -s /etc/shadow bad', /bad in the machine is a symbolic link/],
      ['a link to a folder below', 'mkdir d; ln -s / d/bad', /d\/bad in the machine is a symbolic link/],
      ['a fifo', 'mkfifo bad', /bad in the machine is a special file/],
    ])('copyOut refuses %s and takes nothing', async (_, make, message) => {
      await using folder = await host.files.temporary('out');
      await machine.run(['sh', '-c', `rm -rf /srv/hostile; mkdir /srv/hostile; cd /srv/hostile; echo good > a; ${make}`]);
      await expect(machine.copyOut('/srv/hostile', folder.path)).rejects.toThrowWithCode('E_MACHINE', message);
      expect(await readdir(folder.path)).toEqual([]);
    });

    test('copyOut of a folder that is not there is an error', async () => {
      await using folder = await host.files.temporary('out');
      await expect(machine.copyOut('/srv/nothing', folder.path)).rejects.toThrowWithCode(
        'E_MACHINE',
        /\/srv\/nothing could not be copied out/,
      );
    });
  });

  describe('boot', () => {
    let booted: BootedMachine;
    beforeAll(async () => {
      booted = await machine.boot();
    }, 120_000);
    afterAll(async () => {
      await booted[Symbol.asyncDispose]();
    }, 60_000);

    test('systemd is up, on the same file system', async () => {
      expect(['running', 'degraded']).toContain(booted.state);
      const { stdout } = await booted.run(['sh', '-c', 'cat /proc/1/comm; cat /etc/issue']);
      expect(stdout).toBe('systemd\nchanged\n');
    });

    test('run passes exit codes, streams, input, words, user and folder', async () => {
      const words = ['$HOME', '$$', `$\{X}`, 'a b', '', "it's", 'new\nline', '%n', '\\', 'ä'];
      const result = await booted.run(['sh', '-c', 'cat; printf "%s|" "$X" "$@"; id -un >&2; pwd >&2; exit 23', 'sh', ...words], {
        allow: [23],
        stdin: 'in',
        env: { X: 'v $HOME' },
        user: 'nobody',
        cwd: '/tmp',
      });
      expect(result).toEqual({ exitCode: 23, stdout: ['inv $HOME', ...words, ''].join('|'), stderr: 'nobody\n/tmp\n' });
      expect((await booted.run(['/no/such'], { allow: 'any' })).exitCode).toBe(127);
      expect((await booted.run(['sh', '-c', 'kill -9 $$'], { allow: 'any' })).exitCode).toBe(137);
      await expect(booted.run(['false'])).rejects.toThrowWithCode('E_COMMAND');
    });

    test('a command that takes too long is ended in the machine as well', async () => {
      const mark = `8${Date.now()}`;
      await expect(booted.run(['sh', '-c', `sleep ${mark}`], { timeout: 500 })).rejects.toThrowWithCode('E_TIMEOUT');
      await untilGone(mark);
    });

    test('http asks inside the machine, and says why there is no answer', async () => {
      await booted.run(['sh', '-c', 'cat > /run/answer.sh; chmod +x /run/answer.sh'], {
        stdin:
          '#!/usr/bin/perl\nuse IO::Socket::INET;\nmy $s = IO::Socket::INET->new(LocalAddr => "127.0.0.1:6000", Listen => 5, ReuseAddr => 1) or die;\nwhile (my $c = $s->accept) { <$c>; print $c "HTTP/1.1 503 Busy\\r\\nContent-Length: 3\\r\\n\\r\\nno\\n"; close $c; }\n',
      });
      await booted.run(['systemd-run', '--quiet', '/run/answer.sh']);
      await expect(until(() => booted.http('http://127.0.0.1:6000/', 2000))).resolves.toMatchObject({ status: 503, body: 'no\n' });
      await expect(booted.http('http://127.0.0.1:6001/', 2000)).rejects.toThrowWithCode('E_MACHINE', /no answer: .*ECONNREFUSED/);
      await expect(booted.http('not a url', 2000)).rejects.toThrowWithCode('E_MACHINE', /Invalid URL/);
    });

    test('the machine itself does not run commands meanwhile', () => {
      expect(() => machine.run(['true'])).toThrowWithCode('E_MACHINE', /while it is booted/);
    });
  });

  test('after power-off the file system is there and can be used and booted again', async () => {
    expect((await machine.run(['cat', '/etc/issue'])).stdout).toBe('changed\n');
    await using again = await machine.boot();
    expect((await again.run(['cat', '/etc/issue'])).stdout).toBe('changed\n');
  }, 120_000);

  test('a machine without an init does not boot, and its console says why; it can be used as before', async () => {
    await using other = await createMachine(host, base, engine);
    await other.run(['sh', '-c', 'rm -f /sbin/init /lib/systemd/systemd']);
    await expect(other.boot()).rejects.toThrowWithCode('E_MACHINE', /ended while it booted; its console's last lines:\n.*(?:init|boot)/s);
    expect((await other.run(['echo', 'still there'])).stdout).toBe('still there\n');
  }, 120_000);

  test('a boot that takes too long is given up, with all it started', async () => {
    await using other = await createMachine(host, base, engine);
    const mark = `5${Date.now()}`;
    const init = 'rm -f /sbin/init; printf "#!/bin/sh\\nexec sleep $1\\n" > /lib/systemd/systemd; ln -s /lib/systemd/systemd /sbin/init';
    await other.run(['sh', '-c', init, 'sh', mark]);
    await expect(other.boot({ timeout: 2000 })).rejects.toThrowWithCode('E_MACHINE', /did not come up in time/);
    await untilGone(mark);
    expect((await other.run(['echo', 'still there'])).stdout).toBe('still there\n');
  }, 120_000);

  test('a machine has the host name that was asked for, and can look it up; booted as well', async () => {
    await using other = await createMachine(host, base, engine, { hostname: 'other-machine' });
    const ask = ['sh', '-c', 'cat /etc/hostname; uname -n; getent hosts "$(uname -n)"'] as const;
    const expected = /^other-machine\nother-machine\n127\.0\.1\.1 +other-machine\n$/;
    expect((await other.run(ask)).stdout).toMatch(expected);
    await using booted = await other.boot();
    expect((await booted.run(ask)).stdout).toMatch(expected);
    expect((await machine.run(['uname', '-n'])).stdout).toBe('release-kit\n');
  }, 120_000);

  test('what runs in a machine is counted', async () => {
    await using other = await createMachine(host, base, engine);
    await other.run(['sh', '-c', 'i=0; while [ $i -lt 200000 ]; do i=$((i + 1)); done']);
    const before = await other.usage();
    expect(before?.cpuSeconds).toBeGreaterThan(0);
    {
      await using up = await other.boot();
      await up.run(['true']);
    }
    expect((await other.usage())?.cpuSeconds).toBeGreaterThan(before?.cpuSeconds ?? Number.POSITIVE_INFINITY);
  }, 120_000);
});
