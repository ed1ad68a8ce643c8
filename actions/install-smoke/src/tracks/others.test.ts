import { expect, test } from '@jest/globals';
import { parseUnitList } from './others.ts';

test('units that run are listed, without those of our own commands', () => {
  // As systemd 252 prints it.
  const text = `dbus.service                   loaded active running D-Bus System Message Bus
release-kit-12.service         loaded active running /bin/sh -c x
run-u3.service                 loaded active running /bin/true
dbus.socket                    loaded active running D-Bus System Message Bus Socket
apt-daily.timer                loaded active waiting Daily apt download activities

`;
  expect(parseUnitList(text)).toEqual(['dbus.service', 'dbus.socket', 'apt-daily.timer']);
});
