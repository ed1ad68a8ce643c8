import { expect, test } from '@jest/globals';
import { filesOfPaths, pathLine } from './path-line.ts';

test.each([
  ['web.postinst', '# /var/lib/web\nmkdir /var/lib/web-old\nmkdir -p "/var/lib/web"', '/var/lib/web', 3],
  ['rules', 'x:\n\tinstall -d debian/web/opt/web\n', '/opt/web', 2],
  ['web.install', 'conf/*.conf etc/web\nweb usr/sbin\n', '/usr/sbin/web', 2],
  ['web.install', 'conf/*.conf etc/web\nweb usr/sbin\n', '/etc/web/site.conf', 1],
  ['install', 'share/* usr/share/web/', '/usr/share/web/a/b', 1],
  ['web.install', 'usr/bin/web\n', '/usr/bin/web', 1],
  ['web.dirs', 'var/lib/web\n', '/var/lib/web', 1],
  ['web.service', '[Service]\nStateDirectory=web web-cache\n', '/var/lib/web-cache/x', 2],
  ['web.service', '[Service]\nExecStart=/usr/sbin/web\n', '/var/lib/web', undefined],
  ['web.install', 'web usr/sbin\n', '/usr/sbin/webs', undefined],
  ['postinst', 'rm /etc/web.conf.old\n', '/etc/web.conf', undefined],
  ['postinst', 'rm /etc/web.conf.\n', '/etc/web.conf', 1],
  ['postinst', 'x\nupdate-alternatives --install /usr/bin/view view /usr/bin/web 50', '/etc/alternatives/view', 2],
  ['postinst', 'update-alternatives --install /usr/bin/viewer viewer /usr/bin/web 50', '/etc/alternatives/view', undefined],
  ['web.service', '[Install]\nWantedBy=multi-user.target\n', '/etc/systemd/system/multi-user.target.wants/web.service', 2],
  ['web.clean.timer', '[Install]\nWantedBy=timers.target\n', '/etc/systemd/system/timers.target.wants/clean.timer', 2],
  ['service', 'Alias=x.service\n', '/var/lib/systemd/deb-systemd-helper-enabled/web.service.dsh-also', 1],
  ['web.service', 'WantedBy=multi-user.target\n', '/etc/systemd/system/multi-user.target.wants/other.service', undefined],
])('in %s, %j brings about %s in line %s', (name, text, path, line) => {
  expect(pathLine(name, text, path)).toBe(line);
});

test('scripts come before lists, lists before units, and other files are not looked at', () => {
  expect(filesOfPaths(['web.service', 'changelog', 'rules', 'web.install', 'web.postinst', 'control', 'web.tmpfiles', 'install'])).toEqual([
    ...['web.postinst', 'web.tmpfiles', 'rules', 'install', 'web.install', 'web.service'],
  ]);
});
