import { describe, expect, test } from '@jest/globals';
import { type Listener, parseListeners } from './listeners.ts';
import { matches, missing, newListeners, unexpected } from './ports.ts';

// Real lines of Linux 6.1, shortened.
const sample = `= tcp
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1B59 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 11 1 00000000833508ce 100 0 0 10 0
   1: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000    33        0 12 1 0000000083350900 100 0 0 10 0
   2: 0100007F:9C42 0100007F:1B59 01 00000000:00000000 00:00000000 00000000     0        0 13 1 0000000083350901 100 0 0 10 0
= tcp6
  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000000000000:1B5A 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 14 1 0000000016097712 100 0 0 10 0
   1: 00000000000000000000000001000000:0277 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 15 1 0000000016097713 100 0 0 10 0
   2: 000080FE00000000FF005450B4B5E7FE:0016 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 16 1 0000000016097714 100 0 0 10 0
= udp
   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  103: 3500007F:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000   101        0 17 2 00000000a1 0
  104: 00000000:D903 00000000:0000 07 00000000:00000000 00:00000000 00000000   101        0 18 2 00000000a2 0
= udp6
= unix
Num       RefCount Protocol Flags    Type St Inode Path
000000009bc494c8: 00000002 00000000 00010000 0001 01 19 /run/sock file.sock
000000009bc494c9: 00000003 00000000 00000000 0001 03 20 /run/dbus/system_bus_socket
00000000ce2ebd99: 00000002 00000000 00010000 0001 01     21 @abs
= sockets
/proc/1/fd/44 socket:[14]
/proc/1/fd/48 socket:[11]
/proc/1/fd/49 socket:[19]
/proc/31/fd/3 socket:[11]
/proc/40/fd/7 socket:[12]
/proc/40/fd/8 socket:[13]
= processes
/proc/1/cgroup:9:name=systemd:/
/proc/1/cgroup:0::/init.scope
/proc/1/comm:systemd
/proc/31/cgroup:0::/system.slice/sock.service
/proc/31/comm:sleep
/proc/40/cgroup:4:memory:/system.slice/other.service
/proc/40/cgroup:0::/system.slice/system-web.slice/web@a.service/worker
/proc/40/comm:web server
`;

const addresses = (listeners: readonly Listener[]) => listeners.map(({ address, unit }) => [address, unit]);

test('listening sockets are found with the unit that holds them', () => {
  expect(addresses(parseListeners(sample))).toEqual([
    ['/run/sock file.sock', 'init.scope'],
    ['0.0.0.0:55555/udp', undefined],
    ['0.0.0.0:80/tcp', 'web@a.service'],
    ['127.0.0.1:7001/tcp', 'sock.service'],
    ['127.0.0.53:53/udp', undefined],
    ['@abs', undefined],
    ['[::1]:631/tcp', undefined],
    ['[::]:7002/tcp', 'init.scope'],
    ['[fe80::5054:ff:fee7:b5b4]:22/tcp', undefined],
  ]);
  expect(parseListeners(sample).filter(({ isEverywhere }) => isEverywhere)).toHaveLength(3);
});

describe('listeners of the packages', () => {
  const now = parseListeners(sample);
  const before = now.filter(({ address }) => address.startsWith('[fe80'));
  const units = [
    { unit: 'acc.socket', listens: ['7002'] },
    { unit: 'file.socket', listens: ['/run/sock file.sock'] },
  ];

  test('were not there before; ports that a sender was given are none; sockets of systemd belong to their unit', () => {
    expect(addresses(newListeners(now, before, units))).toEqual([
      ['/run/sock file.sock', 'file.socket'],
      ['0.0.0.0:80/tcp', 'web@a.service'],
      ['127.0.0.1:7001/tcp', 'sock.service'],
      ['127.0.0.53:53/udp', undefined],
      ['@abs', undefined],
      ['[::1]:631/tcp', undefined],
      ['[::]:7002/tcp', 'acc.socket'],
    ]);
  });

  test('that are not listed are told, but for unix sockets', () => {
    const listed = ['127.0.0.1:7001/tcp', '*:80/tcp', '*:631/tcp', '127.0.0.53:53/udp'];
    expect(unexpected(newListeners(now, before, units), listed)).toEqual([
      {
        category: 'unexpected-port',
        message: 'acc.socket listens on [::]:7002/tcp, which smoke.ports does not list',
        subject: { kind: 'unit', unit: 'acc.socket' },
      },
    ]);
  });

  test('that are listed and not there are told, with who has the port elsewhere', () => {
    expect(missing(now, ['127.0.0.1:7001/tcp', '127.0.0.1:80/tcp', '*:99/udp'], 10_000)).toEqual([
      {
        index: 1,
        category: 'missing-port',
        message: 'nobody listened on 127.0.0.1:80/tcp within 10 s; web@a.service listens on 0.0.0.0:80/tcp',
      },
      { index: 2, category: 'missing-port', message: 'nobody listened on *:99/udp within 10 s' },
    ]);
  });

  test('a star stands for any address, and for nothing else', () => {
    const [listener] = newListeners(now, [], []).filter(({ address }) => address === '0.0.0.0:80/tcp');
    expect(listener && [matches('*:80/tcp', listener), matches('*:8/tcp', listener), matches('*:80/udp', listener)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
