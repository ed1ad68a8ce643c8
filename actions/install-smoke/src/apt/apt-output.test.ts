import { describe, expect, test } from '@jest/globals';
import { explainApt, parseSimulation, removedAlong, runningScript } from './apt-output.ts';

describe('parseSimulation', () => {
  test('lists what comes along, in the order of installation', () => {
    const text = `Reading package lists...
The following NEW packages will be installed:
  libevent-2.1-7 memcached
Remv exim4 [4.96-15]
Inst libevent-2.1-7 (2.1.12-stable-8 Debian:12.13/oldstable [amd64])
Inst memcached (1.6.18-1+deb12u1 local-deb [amd64])
Conf libevent-2.1-7 (2.1.12-stable-8 Debian:12.13/oldstable [amd64])
Conf memcached (1.6.18-1+deb12u1 local-deb [amd64])
`;
    expect(parseSimulation(text, new Set(['memcached']))).toEqual({ dependencies: ['libevent-2.1-7'], removed: ['exim4'] });
    expect(parseSimulation('', new Set())).toEqual({ dependencies: [], removed: [] });
  });
});

test('packages that go with those that are removed are named once, without those that were asked for', () => {
  const output = `(Reading database ... 9226 files and directories currently installed.)
Removing libnginx-mod-http-echo (1:0.63-4) ...
Removing libx:amd64 (1.0) ...
Removing nginx (1.22.1-9+deb12u3) ...
Removing user \`web' ...
Removing libx:amd64 (1.0) ...
`;
  expect(removedAlong(output, new Set(['nginx']))).toEqual(['libnginx-mod-http-echo', 'libx']);
  expect(removedAlong('', new Set())).toEqual([]);
});

// Real output of apt 2.6.1 and dpkg 1.21.
describe('explainApt', () => {
  test.each([
    ['installed badpost package post-installation script subprocess returned error exit status 3', 'badpost', 'postinst'],
    ['new badpre package pre-installation script subprocess returned error exit status 4', 'badpre', 'preinst'],
    ['installed badrm package pre-removal script subprocess was killed by signal (Killed)', 'badrm', 'prerm'],
    ['installed badrm package post-removal script subprocess returned error exit status 5', 'badrm', 'postrm'],
  ])('names the maintainer script: %s', (line, packageName, name) => {
    const output = `dpkg: error processing package x (--configure):\n ${line}\nE: Sub-process /usr/bin/dpkg returned an error code (1)\n`;
    const problem = explainApt(output);
    expect(problem?.script).toEqual({ package: packageName, name });
    expect(problem?.message).toMatch(new RegExp(`^the ${name} script of ${packageName} (returned error exit status \\d|was killed)`));
  });

  test('names a file of another package', () => {
    const output =
      "dpkg: error processing archive /srv/smoke/overwrite.deb (--unpack):\n trying to overwrite '/usr/bin/env', which is also in package coreutils 9.1-1\n";
    expect(explainApt(output)?.message).toBe('the package wants to overwrite /usr/bin/env, which belongs to coreutils');
  });

  test('else gives the error that says most', () => {
    expect(explainApt('E: Unable to locate package nothing\n')?.message).toBe('Unable to locate package nothing');
    expect(explainApt('E: real reason\nE: Sub-process /usr/bin/dpkg returned an error code (1)\n')?.message).toBe('real reason');
    expect(explainApt('E: Sub-process /usr/bin/dpkg returned an error code (1)\n')?.message).toContain('Sub-process');
    expect(explainApt('all fine')).toBeUndefined();
  });

  test('what a script printed comes out inert', () => {
    const output = 'E: ::add-mask::x\u001b[2J ##[error]\n';
    expect(explainApt(output)?.message).toBe('\\::add-mask::x\\x1b[2J #\\#[error]');
  });
});

test.each<[string, readonly string[], object | undefined]>([
  [
    'preinst',
    ['Selecting previously unselected package a.', 'Preparing to unpack .../smoke/a-b_1.0_all.deb ...'],
    { package: 'a-b', name: 'preinst' },
  ],
  ['unpacking', ['Preparing to unpack /srv/smoke/a_1.0_all.deb ...', 'Unpacking a (1.0) ...'], undefined],
  ['postinst', ['Setting up b (2) ...', 'Setting up a:amd64 (1.0) ...', 'what the script said'], { package: 'a', name: 'postinst' }],
  ['prerm', ['Removing a (1.0) ...'], { package: 'a', name: 'prerm' }],
  ['postrm', ['Removing a (1.0) ...', 'Purging configuration files for a (1.0) ...'], { package: 'a', name: 'postrm' }],
  ['nothing', ['Reading package lists...'], undefined],
])('the script that runs is the last one that dpkg announced: %s', (_, lines, script) => {
  expect(runningScript(lines)).toEqual(script);
});
