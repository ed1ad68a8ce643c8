import { describe, expect, test } from '@jest/globals';
import { leftoversOf, topmost } from './leftover.ts';
import { parsePaths, type Snapshot } from './snapshot.ts';

const snapshot = (paths: Readonly<Record<string, string>>, more: Partial<Snapshot> = {}): Snapshot => ({
  paths: new Map(Object.entries(paths)),
  users: new Set(['root']),
  groups: new Set(['root']),
  diversions: new Set(),
  processes: [{ owner: 'root', command: '/usr/lib/systemd/systemd' }],
  ...more,
});
const before = snapshot({ '/etc': 'd', '/etc/hosts': 'f aa', '/var/lib': 'd', '/usr/bin/env': 'f' });
const after = (paths: Readonly<Record<string, string>>, more: Partial<Snapshot> = {}) =>
  snapshot({ ...Object.fromEntries(before.paths), ...paths }, more);

describe('leftoversOf', () => {
  test('the same system has none', () => {
    expect(leftoversOf(before, before)).toEqual({ found: [], accounts: [], noted: [] });
  });

  test('a folder is told once, with what lies below it and what removes it', () => {
    const { found } = leftoversOf(
      before,
      after({ '/var/lib/x': 'd', '/var/lib/x/a': 'f', '/var/lib/x/a-b': 'd', '/var/lib/x/a-b/c': 'f' }),
    );
    expect(found).toEqual([{ kind: 'path', what: '/var/lib/x', below: 3, cure: 'Remove it in postrm when called with purge.' }]);
  });

  test.each([
    ['/etc/systemd/system/multi-user.target.wants/x.service', /dh_installsystemd/],
    ['/etc/alternatives/editor', /update-alternatives/],
    ['/var/lib/dpkg/alternatives/editor', /update-alternatives/],
    ['/etc/cron.d/x', /cron job/],
    ['/var/log/x/x.log', /10\.8/],
    ['/etc/x.conf', /conffile/],
    ['/opt/x', /^Remove it in postrm/],
  ])('%s has a cure of its own', (path, cure) => {
    expect(leftoversOf(before, after({ [path]: 'f' })).found[0]?.cure).toMatch(cure);
  });

  test.each([
    '/var/lib/dpkg/info/x.list',
    '/var/lib/dpkg/status-old',
    '/var/lib/apt/extended_states',
    '/var/cache/apt/archives/x.deb',
    '/var/log/apt/history.log',
    '/var/log/dpkg.log',
    '/var/log/journal/abc/system.journal',
    '/etc/passwd-',
    '/etc/.pwd.lock',
    '/var/lib/systemd/timers/stamp-x.timer',
    '/usr/lib/python3/dist-packages/__pycache__/x.pyc',
  ])('%s is bookkeeping of the system', (path) => {
    expect(leftoversOf(before, after({ [path]: 'f' })).found).toEqual([]);
  });

  test('changed and vanished files of others are found', () => {
    const changed = leftoversOf(before, after({ '/etc/hosts': 'f bb', '/etc/passwd': 'f cc' })).found;
    expect(changed.map(({ kind, what }) => [kind, what])).toEqual([['changed', '/etc/hosts']]);
    const gone = leftoversOf(before, snapshot({ '/etc': 'd', '/etc/hosts': 'f aa', '/var/lib': 'd' })).found;
    expect(gone.map(({ kind, what }) => [kind, what])).toEqual([['vanished', '/usr/bin/env']]);
  });

  test('diversions and processes of new users are found; the users themselves may stay', () => {
    const left = after(
      {},
      {
        users: new Set(['root', 'hello']),
        groups: new Set(['root', 'hello']),
        diversions: new Set(['local diversion of /bin/x to /bin/x.real']),
        processes: [...before.processes, { owner: 'hello', command: '/usr/sbin/hello' }, { owner: 'root', command: '/usr/bin/new' }],
      },
    );
    const { found, accounts } = leftoversOf(before, left);
    expect(found.map(({ kind, what }) => [kind, what])).toEqual([
      ['diversion', 'local diversion of /bin/x to /bin/x.real'],
      ['process', '/usr/sbin/hello of hello'],
    ]);
    expect(accounts).toEqual(['user hello', 'group hello']);
  });
});

test('topmost keeps neighbours that only share the start of their name', () => {
  expect(topmost(['/a', '/a-b', '/a/c', '/a/c/d'])).toEqual([
    { path: '/a', below: 2 },
    { path: '/a-b', below: 0 },
  ]);
});

test('paths are read by exact bytes: line feeds and tabs in names do no harm', () => {
  const listing = 'd\t\t/etc\0f\t\t/etc/a\nb\tc\0l\t../x\t/etc/link\0';
  const digests = `${'a'.repeat(64)}  /etc/a\nb\tc\0junk\0`;
  expect([...parsePaths(listing, digests)]).toEqual([
    ['/etc', 'd'],
    ['/etc/a\nb\tc', `f ${'a'.repeat(64)}`],
    ['/etc/link', 'l ../x'],
  ]);
});
