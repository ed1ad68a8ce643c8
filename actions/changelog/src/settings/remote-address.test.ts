import { describe, expect, test } from '@jest/globals';
import { remoteAddress } from './remote-address.ts';

describe('the address of a remote', () => {
  test.each([
    ['https://example.org/a/b', 'https://example.org/a/b'],
    ['https://example.org/a/b.git', 'https://example.org/a/b'],
    ['https://example.org/a/b.git/', 'https://example.org/a/b'],
    ['https://Example.ORG/a/b/', 'https://example.org/a/b'],
    ['git@example.org:a/b.git', 'https://example.org/a/b'],
    ['example.org:a/b', 'https://example.org/a/b'],
    ['ssh://git@example.org/a/b.git', 'https://example.org/a/b'],
    ['ssh://git@example.org:2222/a/b.git', 'https://example.org/a/b'],
    ['git+ssh://git@example.org/a/b', 'https://example.org/a/b'],
    ['git@example.org:group/sub/name.git', 'https://example.org/group/sub/name'],
  ])('of %s is %j', (remote, address) => {
    expect(remoteAddress(remote)).toBe(address);
  });

  test.each(['https://user:secret@example.org/a/b', 'https://secret@example.org/a/b.git', 'http://oauth2:secret@example.org/a/b'])(
    'has no user and no password of %s',
    (remote) => {
      expect(remoteAddress(remote)).toBe('https://example.org/a/b');
    },
  );

  test.each([
    ...['', '/srv/git/a/b', '../b', 'file:///srv/a/b', 'git://example.org/a/b', 'https://example.org', 'https://example.org/a'],
    ...['https://example.org:8443/a/b', 'ext::sh -c a/b', 'https://example.org/a/../b', 'https://example.org/a/b)[x](y', 'x:/srv/a/b'],
    ...['https://example.org/a/b?x=1', 'https://example.org/a b', `https://example.org/${'a/'.repeat(1000)}b`, '::error::/a/b'],
  ])('is not guessed from %j', (remote) => {
    expect(remoteAddress(remote)).toBeUndefined();
  });
});
