import { expect, test } from '@jest/globals';
import { conventionalFiles, packagingFiles } from './dh-convention.ts';

test.each([
  ['lib/systemd/system/hello.service', ['debian/hello.service', 'debian/service']],
  ['usr/lib/systemd/system/hello@.service', ['debian/hello@.service']],
  ['usr/lib/systemd/system/other.timer', ['debian/hello.other.timer', 'debian/other.timer']],
  ['usr/lib/systemd/user/hello.service', ['debian/hello.user.service', 'debian/user.service']],
  ['usr/lib/udev/rules.d/60-hello.rules', ['debian/hello.udev', 'debian/udev']],
  ['etc/init.d/hello', ['debian/hello.init', 'debian/init']],
  ['etc/cron.daily/hello', ['debian/hello.cron.daily', 'debian/cron.daily']],
  ['usr/share/doc/hello/copyright', ['debian/hello.copyright', 'debian/copyright']],
  ['usr/share/lintian/overrides/hello', ['debian/hello.lintian-overrides', 'debian/lintian-overrides']],
  ['usr/share/bug/hello/script', ['debian/hello.bug-script', 'debian/bug-script']],
  ['etc/other', []],
  ['etc/init.d/a/b', []],
])('%s comes from %j', (path, files) => expect(conventionalFiles(path, { package: 'hello', main: true })).toEqual(files));

test('only the main package may leave its name out, except for what all packages share', () => {
  const owner = { package: 'hello-data', main: false };
  expect(packagingFiles('init', owner)).toEqual(['debian/hello-data.init']);
  expect(conventionalFiles('usr/share/doc/hello-data/changelog.Debian', owner)).toEqual([
    'debian/hello-data.changelog',
    'debian/changelog',
  ]);
});
