import { describe, expect, test } from '@jest/globals';
import { parseDeb822 } from '@release-kit/debian';
import { parseShowpkg } from './availability.ts';
import type { OwnPackage } from './own-package.ts';
import { neededRemovals, ownConflicts, undeclaredRemovals, unmetProblems } from './unmet.ts';

function own(name: string, fields: string, version = '1.0'): OwnPackage {
  const [control] = parseDeb822(`Package: ${name}\nVersion: ${version}\n${fields}`, name);
  if (control === undefined) throw new Error('no paragraph');
  return { file: { name, version, architecture: 'all', file: '' }, path: '', control, size: 1, sha256: '' };
}

// As apt 2.6 (Debian 12) and 3.2 (Ubuntu 26.04) print it, shortened.
const showpkg = `Package: memcached
Versions: 
1.6.18-1+deb12u1 (/var/lib/apt/lists/security.example.org_debian-security_dists_bookworm-security_main_binary-amd64_Packages)
 Description Language: 
                 File: /var/lib/apt/lists/archive.example.org_debian_dists_bookworm_main_binary-amd64_Packages
                  MD5: bce5393edad27bfe3ded536243320594

1.6.18-1 (/var/lib/apt/lists/archive.example.org_debian_dists_bookworm_main_binary-amd64_Packages)
 Description Language: 
                  MD5: bce5393edad27bfe3ded536243320594


1.6.18-1+deb12u1 - init-system-helpers (2 1.54~) adduser (0 (null)) 
1.6.18-1 - init-system-helpers (2 1.54~) adduser (0 (null)) 
Provides: 
1.6.18-1+deb12u1 - 
1.6.18-1 - 
Reverse Provides: 
Package: mail-transport-agent
Versions: 

Provides: 
Reverse Provides: 
postfix 3.7.11-0+deb12u1 (= )
postfix 3.7.10-0+deb12u1 (= )
nullmailer 1:2.2-4 (= )
Package: libevent-2.1-7
Versions: 

Provides: 
Reverse Provides: 
libevent-2.1-7t64 2.1.12-stable-10build2 (= 2.1.12-stable-10build2)
Package: libc6
Versions: 
2.36-9+deb12u14 (/var/lib/apt/lists/archive.example.org_debian_dists_bookworm_main_binary-amd64_Packages) (/var/lib/dpkg/status)
 Description Language: 

Provides: 
2.36-9+deb12u14 - 
Reverse Provides: 
`;
const available = parseShowpkg(showpkg);
const messages = (...packages: readonly OwnPackage[]) => unmetProblems(packages, available, 'debian:12').map(({ message }) => message);

describe('unmetProblems', () => {
  test.each([
    ['nonexistent (>= 3)', 'hello depends on nonexistent (>= 3): debian:12 has no package nonexistent'],
    ['libc6 (>= 99)', 'hello depends on libc6 (>= 99): debian:12 has libc6 2.36-9+deb12u14'],
    ['memcached (>= 99)', 'hello depends on memcached (>= 99): debian:12 has memcached 1.6.18-1+deb12u1 and 1.6.18-1'],
    [
      'mail-transport-agent (>= 9)',
      'hello depends on mail-transport-agent (>= 9): mail-transport-agent is a virtual package in debian:12, which nullmailer, postfix provide in no such version',
    ],
    ['none-a | none-b (= 2)', 'hello depends on none-a | none-b (= 2): debian:12 has no package none-a, debian:12 has no package none-b'],
    ['hello-data (= 2.0)', 'hello depends on hello-data (= 2.0): its own packages bring hello-data 1.0'],
  ])('Depends: %s', (relation, message) => {
    expect(messages(own('hello', `Depends: libc6, ${relation}\n`), own('hello-data', ''))).toEqual([message]);
  });

  test.each([
    'libc6 (>= 2.30)',
    'mail-transport-agent',
    'libevent-2.1-7 (>= 2.1)',
    'none | memcached',
    'hello-data (= 1.0)',
    'hello-api (= 3)',
  ])('Depends: %s is there', (relation) => {
    expect(messages(own('hello', `Depends: ${relation}\n`), own('hello-data', 'Provides: hello-api (= 3)\n'))).toEqual([]);
  });

  test('each is at the field and the word of its package, Pre-Depends too', () => {
    const [problem] = unmetProblems([own('hello', 'Depends: libc6\nPre-Depends: none-a | none-b\n')], available, 'debian:12');
    expect(problem).toMatchObject({
      category: 'missing-dependency',
      message: expect.stringMatching(/^hello pre-depends on none-a \| none-b/),
      subject: { kind: 'field', package: 'hello', field: 'Pre-Depends', word: 'none-a' },
    });
  });
});

describe('ownConflicts', () => {
  test('packages of one manifest that exclude each other are named, with the field', () => {
    expect(ownConflicts([own('hello-light', 'Conflicts: hello-full\n'), own('hello-full', '')])).toEqual([
      {
        category: 'conflict',
        message: 'hello-light and hello-full cannot be installed together: hello-light has Conflicts: hello-full',
        cure: expect.any(String),
        subject: { kind: 'field', package: 'hello-light', field: 'Conflicts', word: 'hello-full' },
      },
    ]);
  });

  test('a name that one provides and the other excludes is a conflict; its own is not, nor an older version', () => {
    const mail = 'Provides: mail-transport-agent\nConflicts: mail-transport-agent\n';
    expect(ownConflicts([own('mail-a', mail)])).toEqual([]);
    expect(ownConflicts([own('mail-a', mail), own('mail-b', 'Provides: mail-transport-agent\n')])).toHaveLength(1);
    expect(ownConflicts([own('hello-data', 'Breaks: hello (<< 1.0)\n'), own('hello', '')])).toEqual([]);
    expect(ownConflicts([own('hello-data', 'Breaks: hello (<< 1.0)\n'), own('hello', '', '0.9')])).toHaveLength(1);
  });
});

test('a package of the system goes only when a field says so, of its name or of one that it provides', () => {
  const dbus = { name: 'dbus', version: '1.14', provides: 'default-system-bus' };
  const gone = (fields: string) => undeclaredRemovals([own('hello', fields)], [dbus], 'debian:12').map(({ message }) => message);
  expect(gone('Depends: libc6\n')).toEqual([
    'installing the packages would remove dbus of debian:12, and none of them has a Conflicts with it',
  ]);
  expect(gone('Breaks: dbus\n')).toEqual([]);
  expect(gone('Conflicts: default-system-bus\n')).toEqual([]);
  expect(gone('Conflicts: dbus (<< 1.10)\n')).toHaveLength(1);
});

test('what services need may not go, even where a package says so', () => {
  const dbus = { name: 'dbus', version: '1.14.10-1', provides: 'default-system-bus' };
  const gone = (fields: string) => neededRemovals([own('hello', fields)], [dbus], ['dbus', 'systemd'], 'debian:12');
  expect(gone('Conflicts: dbus\n')).toMatchObject([
    {
      category: 'conflict',
      message: 'installing the packages would remove dbus of debian:12, without which services do not run: hello has Conflicts: dbus',
      subject: { kind: 'field', package: 'hello', field: 'Conflicts', word: 'dbus' },
    },
  ]);
  expect(neededRemovals([own('hello', 'Conflicts: dbus\n')], [dbus], ['systemd'], 'debian:12')).toEqual([]);
});
