import { describe, expect, test } from '@jest/globals';
import { enter, unitArgv } from './unit.ts';

describe('unitArgv', () => {
  test('doubles every dollar of the command, which systemd-run would expand', () => {
    const argv = unitArgv('u.service', ['echo', '$HOME', '$$', `a$\{b}`], { cwd: undefined, env: undefined, user: undefined });
    expect(argv.slice(-4)).toEqual(['echo', '$$HOME', '$$$$', `a$$\{b}`]);
    expect(argv.slice(argv.indexOf('--'))[3]).toMatch(/^unset [a-zA-Z_ ]+; "\$\$@"; exit "\$\$\?"$/);
  });

  test('what a command leaves running ends with it at once, and somebody who types gets a terminal', () => {
    const how = { cwd: undefined, env: undefined, user: undefined };
    expect(unitArgv('u.service', ['true'], how)).toEqual(expect.arrayContaining(['--pipe', '--property=KillMode=mixed']));
    const typed = unitArgv('u.service', ['bash'], { ...how, terminal: true });
    expect([typed.includes('--pty'), typed.includes('--pipe')]).toEqual([true, false]);
  });

  test('leaves variables as they are, and names unit, folder and user', () => {
    const argv = unitArgv('u.service', ['true'], { cwd: '/srv/a b', env: { X: '$1' }, user: 'nobody' });
    expect(argv).toEqual(
      expect.arrayContaining(['--setenv=X=$1', '--unit=u.service', '--working-directory=/srv/a b', '--uid=nobody', '--setenv=TZ=UTC']),
    );
    expect(argv.some((word) => word.startsWith('--setenv=HOME'))).toBe(false);
  });
});

test('a program that enters a machine has no more rights than those in it', () => {
  const argv = enter(17, ['systemctl', 'is-system-running']);
  const bounds = argv.find((word) => word.startsWith('--bounding-set='))?.split(',') ?? [];
  expect(bounds[0]).toBe('--bounding-set=-all');
  for (const forbidden of ['+mknod', '+net_admin', '+sys_module', '+sys_rawio', '+linux_immutable', '+sys_time', '+syslog', '+bpf'])
    expect(bounds).not.toContain(forbidden);
  expect(argv.slice(-3)).toEqual(['--', 'systemctl', 'is-system-running']);
  expect(argv).toEqual(expect.arrayContaining(['--mount', '--uts', '--ipc', '--net', '--pid', '--cgroup', '--root']));
});
