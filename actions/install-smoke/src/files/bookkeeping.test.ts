import { expect, test } from '@jest/globals';
import { ownFiles } from '../apt/dpkg-records.ts';
import { isBookkeeping } from './bookkeeping.ts';

// Where each was seen: what came of installing and purging a real package on Debian 12 or 13, or what runs there by itself.
test.each([
  ['/var/lib/dpkg/info/x.list', 'any package'],
  ['/var/lib/dpkg/status-old', 'any package'],
  ['/var/lib/apt/extended_states', 'any package with a dependency'],
  ['/var/cache/apt/archives/x.deb', 'any package with a dependency'],
  ['/var/log/apt/history.log', 'any package'],
  ['/var/log/dpkg.log', 'any package'],
  ['/var/log/alternatives.log', 'any package with an alternative'],
  ['/var/backups/dpkg.status.0', 'dpkg-db-backup.timer'],
  ['/var/lib/ucf/hashfile', 'a package that uses ucf'],
  ['/var/log/journal/abc/system.journal', 'systemd-journald'],
  ['/etc/passwd-', 'a package that makes a user'],
  ['/etc/.pwd.lock', 'a package that makes a user'],
  ['/etc/subuid', 'a package that makes a user'],
  ['/var/lib/systemd/timers/stamp-x.timer', 'a package with a timer'],
  ['/var/lib/systemd/deb-systemd-helper-enabled', 'the first package with a unit'],
  ['/usr/lib/python3/dist-packages/__pycache__/x.pyc', 'a package of Python'],
  ['/usr/share/info/dir', 'a package with an info manual'],
  ['/run/systemd/transient/x.service', 'systemd-run'],
  ['/tmp/systemd-private-0123-x.service-abc', 'a service with PrivateTmp='],
  ['/tmp/namespace-dev-t3epbu/dev', 'a service with PrivateDevices= that was stopped as it started'],
  ['/etc/init.d/.depend.boot', 'a package with an init script'],
])('%s is bookkeeping: %s', (path) => {
  expect(isBookkeeping(path, ownFiles)).toBe(true);
});

test.each([
  ['/var/lib/dpkg/alternatives/editor', 'update-alternatives --remove was not called'],
  ['/var/lib/systemd/deb-systemd-helper-enabled/x.service.dsh-also', 'deb-systemd-helper purge was not called'],
  ['/var/lib/systemd/linger/x', 'a setting, no record'],
  ['/etc/passwd.bak', 'made by a script'],
  ['/var/lib/aptly', 'another program'],
  ['/var/log/apt-listchanges', 'another program'],
  ['/run/hello', 'of a package'],
  ['/tmp/hello.Xy3', 'of a script'],
  ['/tmp/namespace-dev-of-hello', 'of a script'],
])('%s is none: %s', (path) => {
  expect(isBookkeeping(path, ownFiles)).toBe(false);
});
