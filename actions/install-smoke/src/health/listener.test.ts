import { expect, test } from '@jest/globals';
import { listenersOf } from './listener.ts';

// Of a Debian 12 machine with memcached, a web server on all addresses, and one connection that is open.
const sample = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:2BCB 00000000:0000 0A 00000000:00000000 00:00000000 00000000   104        0 24022 1 0000000000000000 100 0 0 10 0
   1: 0100007F:2BCB 0100007F:9A3C 01 00000000:00000000 00:00000000 00000000   104        0 24040 1 0000000000000000 20 4 30 10 -1
  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 24100 1 0000000000000000 100 0 0 10 0
   1: 00000000000000000000000001000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 24101 1 0000000000000000 100 0 0 10 0
`;

test('who listens is read from the tables of the kernel, by port; open connections do not count', () => {
  expect(listenersOf(sample)).toEqual(['[::]:80', '[::1]:8080', '127.0.0.1:11211']);
});

test('what is no table is nobody', () => {
  expect(listenersOf('cat: /proc/net/tcp6: No such file or directory\n')).toEqual([]);
});
