import { describe, expect, test } from '@jest/globals';
import { parseRecords } from './dpkg-records.ts';

// dpkg-query, dpkg-divert, dpkg-statoverride, config.dat of debconf and hashfile of ucf, as printed on Debian 12.
const sample = [
  'ii base-files:amd64\nrc tinyproxy:amd64\niU half:all\nun never:\n',
  'diversion of /usr/bin/firefox to /usr/bin/firefox.real by iceweasel-l10n\nlocal diversion of /bin/a to /bin/b to /bin/c\n',
  'root messagebus 4754 /usr/lib/dbus-1.0/dbus-daemon-launch-helper\n',
  'Name: hello/name\nOwners: hello, hello-doc\nName: nobody/s\nName: debconf/priority\nOwners: debconf\n',
  '8d6a28cbcf2ba40be1bc1d0d5e0ce0b4  /etc/default/hello\n',
].join('\0');

describe('parseRecords', () => {
  test('reads what dpkg, debconf and ucf remember', () => {
    expect(parseRecords(`${sample}\0`)).toEqual([
      { kind: 'package', text: 'base-files:amd64', paths: [] },
      { kind: 'unfinished', text: 'tinyproxy:amd64 is removed, and not purged', paths: [] },
      { kind: 'unfinished', text: 'half:all is unpacked, and not configured', paths: [] },
      {
        kind: 'diversion',
        text: 'diversion of /usr/bin/firefox to /usr/bin/firefox.real by iceweasel-l10n',
        paths: ['/usr/bin/firefox', '/usr/bin/firefox.real'],
      },
      { kind: 'diversion', text: 'local diversion of /bin/a to /bin/b to /bin/c', paths: ['/bin/a', '/bin/b to /bin/c'] },
      {
        kind: 'override',
        text: 'root messagebus 4754 /usr/lib/dbus-1.0/dbus-daemon-launch-helper',
        paths: ['/usr/lib/dbus-1.0/dbus-daemon-launch-helper'],
      },
      { kind: 'answer', text: 'hello/name of hello, hello-doc', paths: [] },
      { kind: 'answer', text: 'debconf/priority of debconf', paths: [] },
      { kind: 'file', text: '/etc/default/hello', paths: ['/etc/default/hello'] },
    ]);
  });

  test('an answer that is cut off is an error', () => {
    expect(() => parseRecords(sample)).toThrowWithCode('E_MACHINE', /not all of them/);
    expect(() => parseRecords('')).toThrowWithCode('E_MACHINE');
  });
});
