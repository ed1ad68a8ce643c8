import { describe, expect, test } from '@jest/globals';
import type { FileEntry } from './file-entry.ts';
import { ownPlaces } from './own-places.ts';
import { packagedFiles } from './packaged-file.ts';
import { account, file, folder, link, snapshot } from './snapshot.test-support.ts';

const there = {
  '/usr/lib/systemd/system': folder(),
  '/etc/systemd/system': folder(),
  '/etc/apt/apt.conf.d': folder(),
  '/etc/hello-data.conf': file(),
  '/etc/default': folder(),
  '/etc/cron.d': folder(),
  '/etc/other': folder(),
  '/usr/bin/editor': link('/etc/alternatives/editor'),
};
const before = snapshot(there);
const brought: Readonly<Record<string, FileEntry>> = {
  '/usr/bin/hello-cli': file({ mode: 0o755 }),
  '/usr/bin/hello': file({ mode: 0o755 }),
  '/usr/lib/hello': folder(),
  '/usr/lib/systemd/system/hello-worker@.service': file(),
  '/etc/greetings': folder(),
};

/** Of a package hello-server, with the users hellod, who lives in /var/spool/greet, and hello-files, in /srv/files. */
function isOwn(path: string, entry: FileEntry | undefined, allowed: readonly string[] = []): boolean {
  const now = snapshot(
    { ...there, ...brought, ...(entry === undefined ? {} : { [path]: entry }) },
    {
      users: [...before.users, account('hellod', 998, '/var/spool/greet'), account('hello-files', 997, '/srv/files')],
      records: [
        ...before.records,
        { kind: 'file', text: '/etc/registered.conf', paths: ['/etc/registered.conf'] },
        {
          kind: 'diversion',
          text: 'diversion of /usr/bin/env to /usr/bin/env.distrib by hello-server',
          paths: ['/usr/bin/env', '/usr/bin/env.distrib'],
        },
        { kind: 'diversion', text: 'local diversion of /usr/bin/a to /usr/bin/b', paths: ['/usr/bin/a', '/usr/bin/b'] },
      ],
    },
  );
  const paths = Object.keys(brought).map((name) => ({
    path: name.replace('/usr/lib/systemd', '/lib/systemd'),
    package: 'hello-server',
    isConfiguration: false,
  }));
  return ownPlaces({ before, now, files: packagedFiles(paths, now, new Map()), packages: ['hello-server'], allowed })(path);
}

describe('ownPlaces', () => {
  test.each<[string, FileEntry | undefined, string]>([
    ['/usr/bin/hello', file(), 'it is packaged'],
    ['/usr/lib/systemd/system/hello-worker@.service', file(), 'it is packaged, by a path with a link'],
    ['/usr/lib/hello/made/later', file(), 'it is in a folder that is packaged'],
    ['/var/lib/hello-server', folder(), 'it bears the name of the package'],
    ['/var/lib/hello-server/a/b', file(), 'it is in a folder that does'],
    ['/etc/default/hello-server', file(), 'it bears the name of the package'],
    ['/etc/cron.d/hello', file(), 'it bears the name of a program'],
    ['/var/lib/greetings', folder(), 'it bears the name of a folder of the package'],
    ['/etc/hello.conf.d', folder(), 'it begins with such a name'],
    ['/etc/apt/apt.conf.d/02autoremove-hello', file(), 'it ends with such a name'],
    ['/etc/cron.d/50hello-server', file(), 'it bears the name behind a number'],
    ['/etc/registered.conf', file(), 'ucf knows it'],
    ['/var/lib/dpkg/alternatives/strange.1.gz', file(), 'update-alternatives made it'],
    ['/var/spool/greet/x', file(), 'it is in the home of its user'],
    ['/srv/files', folder(), 'it is the home of its user, as that of vsftpd is /srv/ftp'],
    ['/var/lib/strange', folder({ owner: 998 }), 'it belongs to its user'],
    ['/etc/systemd/system/multi-user.target.wants', folder(), 'units are enabled in it'],
    [
      '/etc/systemd/system/multi-user.target.wants/hello-worker@1.service',
      link('/lib/systemd/system/hello-worker@.service'),
      'it enables a unit',
    ],
    ['/etc/systemd/system/dbus-org.hello.service', link('/lib/systemd/system/hello-worker@.service'), 'it is another name of a unit'],
    ['/etc/systemd/system/hello.service', link('/dev/null'), 'it masks a unit of its own'],
    ['/etc/rc2.d/S01hello', link('../init.d/hello'), 'it enables an init script'],
    ['/var/lib/systemd/deb-systemd-helper-enabled/strange.service', file(), 'deb-systemd-helper made it'],
    ['/var/log/strange.log', file(), 'it is a log'],
    ['/usr/bin/env', file({ size: 9 }), 'it is diverted for the package'],
    ['/usr/bin/env.distrib', file(), 'it is diverted for the package'],
    ['/etc/shells', file(), 'add-shell edits it for packages'],
    ['/etc/pam.d/common-auth', file(), 'pam-auth-update edits it for packages'],
  ])('%s is own: %s', (path, entry) => {
    expect(isOwn(path, entry)).toBe(true);
  });

  test.each<[string, FileEntry | undefined, string]>([
    ['/usr/bin/made', file(), 'programs are packaged'],
    ['/usr/lib/helloes', folder(), 'its name only begins alike'],
    ['/usr/local/bin/hello', file(), 'names do not count in /usr'],
    ['/home/hello', folder({ owner: 998 }), 'it is below /home'],
    ['/root/.hello', file(), 'it is below /root'],
    ['/srv/hello', folder(), 'no user of its own lives there'],
    ['/etc/cron.d/othello', file(), 'it only ends alike'],
    ['/etc/other/zone.conf', file(), 'it is a fragment in a folder of others, without the name'],
    ['/etc/hosts', file({ digest: 'b'.repeat(64) }), 'it was there before'],
    ['/usr/lib', folder({ mode: 0o777 }), 'it was there before'],
    ['/etc/hello-data.conf', file({ mode: 0o600 }), 'it was there before, whatever its name'],
    ['/etc/systemd/system/multi-user.target.wants/other.service', link('/lib/systemd/system/other.service'), 'it enables a unit of others'],
    ['/etc/systemd/system/other.service', link('/dev/null'), 'it masks a unit of others'],
    ['/usr/bin/b', file(), 'a local diversion is of administrators'],
    ['/usr/bin/link', link('hello'), 'links are packaged or alternatives'],
  ])('%s is not own: %s', (path, entry) => {
    expect(isOwn(path, entry)).toBe(false);
  });

  test('an alternative that leads to the packages is own', () => {
    const now = snapshot({ ...there, ...brought, '/etc/alternatives': folder(), '/etc/alternatives/editor': link('/usr/bin/hello') });
    const paths = Object.keys(brought).map((path) => ({ path, package: 'hello-server', isConfiguration: false }));
    const own = ownPlaces({ before, now, files: packagedFiles(paths, now, new Map()), packages: ['hello-server'], allowed: [] });
    expect(own('/etc/alternatives/editor')).toBe(true);
    expect(own('/usr/bin/editor')).toBe(true);
  });

  test('what the configuration allows is own', () => {
    expect(isOwn('/opt/vendor/x', file(), ['/opt/vendor/**'])).toBe(true);
    expect(isOwn('/opt/vendor/x', file(), ['/opt/*'])).toBe(false);
  });
});
