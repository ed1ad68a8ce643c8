import { expect, test } from '@jest/globals';
import { parseCapabilities } from './capability.ts';

// Written by setcap of Debian 12, read by getxattr(2).
test.each([
  ['0100000200200000000000000000000000000000', ['cap_net_raw']],
  ['0100000200040000000000000000000000000000', ['cap_net_bind_service']],
  ['0000000200000000000000000000000080000000', ['cap_bpf']],
  ['0100000200300000000000000000000000000000', ['cap_net_admin', 'cap_net_raw']],
  ['', []],
])('%s is %j', (value, names) => {
  expect(parseCapabilities(value)).toEqual(names);
});
