import { describe, expect, test } from '@jest/globals';
import { parseOsRelease, untestedHost } from './host-system.ts';

describe('parseOsRelease', () => {
  test.each([
    [
      'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n',
      { name: 'debian:12', prettyName: 'Debian GNU/Linux 12 (bookworm)' },
    ],
    [
      '# a comment\nID=\'ubuntu\'\nVERSION_ID=\'24.04\'\nPRETTY_NAME="Ubuntu 24.04 \\"LTS\\""\n',
      { name: 'ubuntu:24.04', prettyName: 'Ubuntu 24.04 "LTS"' },
    ],
    ['ID=debian\nPRETTY_NAME="Debian GNU/Linux forky/sid"\n', { name: 'debian', prettyName: 'Debian GNU/Linux forky/sid' }],
    ['', { name: 'linux', prettyName: 'linux' }],
  ])('%j', (text, expected) => {
    expect(parseOsRelease(text)).toEqual(expected);
  });
});

test('the four hosts that are tested are not warned of; others are, and are named', () => {
  for (const name of ['debian:12', 'debian:13', 'ubuntu:22.04', 'ubuntu:24.04'])
    expect(untestedHost({ name, prettyName: name })).toBeUndefined();
  expect(untestedHost({ name: 'debian:11', prettyName: 'Debian 11' })).toMatch(/^This host is Debian 11; .*Trying all the same/);
});
