import { describe, expect, test } from '@jest/globals';
import { ownFiles } from '../apt/dpkg-records.ts';
import type { MachineRun, PackageManager } from '../package-manager.ts';
import { outsideFaults } from './outside-change.ts';
import { account, file, folder, snapshot } from './snapshot.test-support.ts';

const before = snapshot({ '/etc/login.defs': file({ digest: 'a'.repeat(64) }) });
const asked: string[][] = [];
const never: MachineRun = () => Promise.reject(new Error('not needed here'));
const manager: Pick<PackageManager, 'ownFiles' | 'ownersOf'> = {
  ownFiles,
  ownersOf: async (_run, paths) => {
    asked.push([...paths]);
    return new Map(paths.filter((path) => path === '/etc/login.defs').map((path) => [path, 'login']));
  },
};

async function faultsOf(now: ReturnType<typeof snapshot>, isNamed: (path: string) => boolean = () => false) {
  const faults = await outsideFaults({ manager, run: never }, before, now, (path) => path.startsWith('/own'), isNamed);
  return faults.map(({ level, path, how }) => `${level} ${path}: ${how}`);
}

describe('outsideFaults', () => {
  test('what is new, changed or gone is told, with its owner; folders belong to many', async () => {
    const { entries, ...rest } = snapshot({
      '/own/file': file(),
      '/opt/x/y': file(),
      '/etc/login.defs': file({ digest: 'b'.repeat(64) }),
      '/var/lib': folder({ mode: 0o777 }),
      '/run/x': file(),
      '/tmp/x': file(),
      '/var/lib/dpkg/status': file(),
    });
    const now = { ...rest, entries: new Map([...entries].filter(([path]) => path !== '/usr/bin/env')) };
    expect(await faultsOf(now)).toEqual([
      'error /opt: it is new, and in no package, with 2 below it',
      'error /etc/login.defs: its content changed (it belongs to login)',
      'error /var/lib: mode 0755 became 0777',
      'error /usr/bin/env: it is gone',
    ]);
    expect(asked.at(-1)).toEqual(['/etc/login.defs', '/usr/bin/env']);
  });

  test('a changed file that bears their name is theirs when no package ships it', async () => {
    const { entries, ...rest } = snapshot({ '/etc/login.defs': file({ digest: 'b'.repeat(64) }) });
    const changed = {
      ...rest,
      entries: new Map([...entries].map(([path, entry]) => [path, path === '/usr/bin/env' ? file({ mode: 0o700 }) : entry])),
    };
    const told = ['error /etc/login.defs: its content changed (it belongs to login)'];
    expect(await faultsOf(changed, () => true)).toEqual(told);
    expect(await faultsOf(changed)).toHaveLength(2);
  });

  test('an empty folder below /usr/local may be made for the administrator, with nothing in it', async () => {
    const same = { '/etc/login.defs': file({ digest: 'a'.repeat(64) }) };
    expect(await faultsOf(snapshot({ ...same, '/usr/local/hello': folder() }))).toEqual([]);
    expect(await faultsOf(snapshot({ ...same, '/usr/local/hello/x': file() }))).toEqual([
      'error /usr/local/hello: it is new, and in no package, with 1 below it',
    ]);
  });

  test('a package that went along took its files with it: both are warnings', async () => {
    const { entries, ...rest } = snapshot({ '/etc/login.defs': file({ digest: 'a'.repeat(64) }) }, { records: [] });
    const now = { ...rest, entries: new Map([...entries].filter(([path]) => path !== '/usr/bin/env')) };
    expect(await faultsOf(now)).toEqual([
      'warning /usr/bin/env: it is gone',
      'warning coreutils:amd64: this package was installed, and installing removed it',
    ]);
  });

  test('a diversion that is of no package, and a user with the number of a person, are told', async () => {
    const text = 'local diversion of /usr/bin/a to /usr/bin/b';
    const records = [...before.records, { kind: 'diversion', text, paths: ['/usr/bin/a', '/usr/bin/b'] } as const];
    const users = [...before.users, account('person', 1000), account('service', 998), account('dynamic', 61184)];
    const entries = Object.fromEntries(before.entries);
    expect(await faultsOf(snapshot(entries, { records, users }))).toEqual([
      `error /usr/bin/a: a script made a ${text}`,
      'error user person: it has the number 1000, which is for people',
    ]);
  });
});
