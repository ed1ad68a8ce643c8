import { describe, expect, test } from '@jest/globals';
import { ownFiles } from '../apt/dpkg-records.ts';
import type { ManagerRecord } from '../package-manager.ts';
import { type LeftoverRules, leftoversOf } from './leftover.ts';
import { account, file, folder, link, snapshot } from './snapshot.test-support.ts';

const rules: LeftoverRules = { managed: ownFiles, allowed: [], foreign: new Set() };
const before = snapshot();
const after = snapshot;

describe('leftoversOf', () => {
  test('the same system has none', () => {
    expect(leftoversOf(before, before, rules)).toEqual({ found: [], accounts: [], noted: [] });
  });

  test('a folder is told once, with what lies below it and what removes it', () => {
    const left = after({ '/var/lib/x/a': file(), '/var/lib/x/a-b/c': file() });
    expect(leftoversOf(before, left, rules).found).toEqual([
      { kind: 'path', what: '/var/lib/x', below: 3, cure: 'Remove it in postrm when called with purge.' },
    ]);
  });

  test.each([
    ['/etc/systemd/system/x.service.wants', /dh_installsystemd/],
    ['/etc/systemd/system/multi-user.target.wants/x.service', /dh_installsystemd/],
    ['/etc/rc2.d/S01x', /dh_installinit/],
    ['/etc/alternatives/editor', /update-alternatives/],
    ['/var/lib/dpkg/alternatives/editor', /update-alternatives/],
    ['/etc/cron.d/x', /cron job/],
    ['/var/spool/cron/crontabs/x', /cron job/],
    ['/var/lib/systemd/linger/x', /disable-linger/],
    ['/var/lib/private/x', /DynamicUser/],
    ['/tmp/x', /trap/],
    ['/home/x', /9\.1\.1/],
    ['/usr/local/lib/x', /9\.1\.2/],
    ['/var/log/x/x.log', /10\.8/],
    ['/etc/x.conf', /conffile/],
    ['/opt/x', /^Remove it in postrm/],
  ])('%s has a cure of its own', (path, cure) => {
    const beside = `${path}.other`;
    const left = after({ [beside]: file(), [path]: file() });
    expect(leftoversOf(snapshot({ [beside]: file() }), left, rules).found).toEqual([
      expect.objectContaining({ kind: 'path', what: path, cure: expect.stringMatching(cure) }),
    ]);
  });

  test('changed and vanished files of others are found, with what changed about them', () => {
    const changes = after({
      '/etc/hosts': file({ digest: 'b'.repeat(64) }),
      '/etc/passwd': file({ digest: 'b'.repeat(64) }),
      '/usr/bin': folder({ mode: 0o777 }),
      '/usr/bin/env': file({ mode: 0o4755, owner: 7, size: 2 }),
      '/lib': link('usr/lib64'),
      '/var/log': folder({ modified: '2.0' }),
    });
    expect(leftoversOf(before, changes, rules).found.map(({ kind, what, how }) => [kind, what, how])).toEqual([
      ['changed', '/etc/hosts', 'its content changed'],
      ['changed', '/lib', 'leads to usr/lib64, not to usr/lib'],
      ['changed', '/usr/bin', 'mode 0755 became 0777'],
      ['changed', '/usr/bin/env', 'mode 0755 became 4755, owner root became 7, its content changed'],
    ]);
    const { entries, ...rest } = before;
    const gone = { ...rest, entries: new Map([...entries].filter(([path]) => path !== '/usr/bin/env')) };
    expect(leftoversOf(before, gone, rules).found.map(({ kind, what }) => [kind, what])).toEqual([['vanished', '/usr/bin/env']]);
  });

  test('files that services write all the time may change, but not become others’', () => {
    const log = (more = {}) => snapshot({ '/var/log/syslog': file({ mode: 0o640, ...more }) });
    expect(leftoversOf(log(), log({ size: 99, modified: '9' }), rules).found).toEqual([]);
    expect(leftoversOf(log(), log({ owner: 9 }), rules).found).toHaveLength(1);
  });

  test('a path of a user is told with the user, and one of a user that is gone with the number', () => {
    const left = after(
      { '/var/lib/x': folder({ owner: 998 }), '/var/lib/y': folder({ owner: 999 }) },
      { users: [...before.users, account('hello', 998)] },
    );
    expect(leftoversOf(before, left, rules).found.map(({ what, how }) => [what, how])).toEqual([
      ['/var/lib/x', 'of hello'],
      ['/var/lib/y', 'of a user that is gone, number 999'],
    ]);
  });

  test('what dpkg, debconf and ucf still know is found, each with what makes them forget', () => {
    const records: readonly ManagerRecord[] = [
      { kind: 'diversion', text: 'local diversion of /bin/x to /bin/x.real', paths: ['/bin/x', '/bin/x.real'] },
      { kind: 'override', text: 'root adm 2755 /var/log/x', paths: ['/var/log/x'] },
      { kind: 'answer', text: 'hello/name of hello', paths: [] },
      { kind: 'file', text: '/etc/hello.conf', paths: ['/etc/hello.conf'] },
      { kind: 'unfinished', text: 'hello:amd64 is removed, and not purged', paths: [] },
    ];
    const { found } = leftoversOf(before, after({}, { records: [...before.records, ...records] }), rules);
    expect(found.map(({ kind, cure }) => [kind, /[a-z-]*(?:divert|statoverride|db_purge|ucf |dpkg )/.exec(cure)?.[0]])).toEqual([
      ['diversion', 'dpkg-divert'],
      ['override', 'dpkg-statoverride'],
      ['answer', 'db_purge'],
      ['registry', 'ucf '],
      ['package', 'dpkg '],
    ]);
  });

  test('packages that went along took their files: that is noted, and what else stayed is found', () => {
    const gone = snapshot({ '/usr/bin/env': file({ size: 9 }), '/etc/x': file() }, { records: [] });
    const { found, noted } = leftoversOf(before, gone, rules);
    expect(found.map(({ what }) => what)).toEqual(['/etc/x']);
    expect(noted.map(({ what }) => what)).toEqual(['/usr/bin/env', 'coreutils:amd64']);
  });

  test('processes of new users, and those whose program is gone, are found; the users themselves may stay', () => {
    const left = after(
      {},
      {
        users: [...before.users, account('hello', 998)],
        groups: [...before.groups, account('hello', 998)],
        processes: [
          ...before.processes,
          { owner: 998, id: '40', program: '/usr/bin/sleep' },
          { owner: 0, id: '41', program: '/usr/sbin/hello (deleted)' },
          { owner: 0, id: '42', program: '/usr/bin/new' },
        ],
        mounts: new Set([...before.mounts, '/var/lib/hello/mnt', '/run/credentials/x']),
      },
    );
    const { found, accounts } = leftoversOf(before, left, rules);
    expect(found.map(({ kind, what, how }) => [kind, what, how])).toEqual([
      ['mount', '/var/lib/hello/mnt', undefined],
      ['process', '/usr/bin/sleep', 'of hello'],
      ['process', '/usr/sbin/hello', 'of root'],
    ]);
    expect(accounts).toEqual(['user hello', 'group hello']);
  });

  test('noted, and no failure: what is allowed, what a boot takes away, and what may be of services that are still there', () => {
    const left = after(
      {
        '/var/lib/hello': folder(),
        '/run/hello.pid': file(),
        '/etc/mailname': file(),
        '/var/lib/other/new': file(),
        '/var/lib/third/new': file(),
      },
      { units: new Set(['hello.service']) },
    );
    const lists = { '/var/lib/other': folder(), '/var/lib/third': folder() };
    const { found, noted } = leftoversOf(
      snapshot({ ...lists, '/run/shared': folder() }),
      snapshot({ ...Object.fromEntries(left.entries), ...lists }, { units: left.units }),
      {
        ...rules,
        allowed: ['/var/lib/hel*'],
        foreign: new Set(['/var/lib/other']),
      },
    );
    expect(found.map(({ what }) => what)).toEqual(['/var/lib/third/new']);
    expect(noted.map(({ what }) => what)).toEqual([
      '/etc/mailname',
      '/run/hello.pid',
      '/var/lib/hello',
      '/var/lib/other/new',
      '/run/shared',
      'hello.service',
    ]);
  });
});
