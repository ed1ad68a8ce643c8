import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { childrenOf, commandScript, launchArgv, nspawnOptions, tiedArgv } from './launcher.ts';

const launch = { folder: '/f', lowers: ['/l', '/b'], cgroups: ['/g1', '/g2'], pidFile: '/p', nspawn: ['--x', '$(id)'] };

describe('launchArgv', () => {
  test('asks the kernel to kill the child with us before anything else', () => {
    expect(launchArgv(launch).slice(0, 3)).toEqual(['setpriv', '--pdeathsig', 'KILL']);
  });

  test('data are arguments and never part of a script', () => {
    const argv = launchArgv(launch, 42);
    const scripts = argv.filter((_, index) => argv[index - 1] === '-c');
    const others = launchArgv({ folder: '/other;rm', lowers: [], cgroups: [], pidFile: undefined, nspawn: [] }, 7);
    expect(others.filter((_, index) => others[index - 1] === '-c')).toEqual(scripts);
    expect(argv.slice(-9)).toEqual(['/f', '/l', '/b', '--', '/g1', '/g2', '--', '--x', '$(id)']);
    expect(argv).toContain('42');
  });
});

describe('tiedArgv', () => {
  test('runs a program as a child of ours, in namespaces of its own', async () => {
    if (process.getuid?.() !== 0) return;
    await using host = await recordingHost();
    const { stdout } = await host.exec(tiedArgv(['/bin/sh', '-c', 'echo "$$ $1"; ls /proc | grep -c "^[0-9]"', 'sh', 'a  b']), {
      cwd: '/',
    });
    const [first, processes] = stdout.split('\n');
    expect(first).toBe('1 a  b');
    expect(Number(processes)).toBeLessThan(6);
  });

  test('does not start when the process that it belongs to is gone already', async () => {
    await using host = await recordingHost();
    const { exitCode, stdout } = await host.exec(tiedArgv(['/bin/echo', 'started'], 1), { cwd: '/', allow: 'any' });
    expect([exitCode, stdout]).toEqual([70, '']);
  });
});

describe('nspawnOptions', () => {
  test('has a private network unless the network is asked for', () => {
    const options = {
      folder: '/f',
      name: 'release-kit-1',
      hostname: 'other-machine',
      personality: undefined,
      capabilities: 'plain',
    } as const;
    expect(nspawnOptions({ ...options, network: false })).toContain('--private-network');
    expect(nspawnOptions({ ...options, network: true })).not.toContain('--private-network');
    expect(nspawnOptions({ ...options, network: true })).toContain('--resolv-conf=replace-host');
    expect(nspawnOptions({ ...options, network: true })).toContain('--hostname=other-machine');
  });

  test.each(['plain', 'booted'] as const)('%s: no device nodes and no immutable files', (capabilities) => {
    const dropped = nspawnOptions({ folder: '/f', name: 'n', hostname: 'h', personality: undefined, network: false, capabilities }).find(
      (option) => option.startsWith('--drop-capability='),
    );
    expect(dropped).toMatch(/CAP_MKNOD/);
    expect(dropped).toMatch(/CAP_LINUX_IMMUTABLE/);
    expect(/CAP_SYS_ADMIN/.test(dropped ?? '')).toBe(capabilities === 'plain');
  });
});

test.each([
  [['/bin/sh', '-c', 'exit 23'], 23],
  [['/no/such'], 127],
  [['/bin/sh', '-c', 'kill -9 $$'], 137],
  [['/etc/passwd'], 126],
])('the script in the machine turns %j into %d', async (argv, code) => {
  await using host = await recordingHost();
  const { exitCode } = await host.exec(['/bin/sh', '-c', commandScript, 'release-kit-command', ...argv], { allow: 'any' });
  expect(exitCode).toBe(code);
});

test('a process that is gone has no children', async () => {
  expect(await childrenOf(2 ** 22 + 1)).toEqual([]);
  expect(await childrenOf(process.pid)).toEqual(expect.any(Array));
});
