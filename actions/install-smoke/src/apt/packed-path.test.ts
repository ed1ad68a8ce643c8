import { expect, test } from '@jest/globals';
import { parseContents } from './packed-path.ts';

// As dpkg-deb of Debian 12 prints it.
const contents = `drwxr-xr-x root/root         0 2026-01-15 12:00 ./
drwxr-x--- root/adm          0 2026-01-15 12:00 ./var/log/hello/
-rwsr-xr-x root/root      4711 2026-01-15 12:00 ./usr/bin/with blanks
-rwxr-sr-x root/mail      4711 2026-01-15 12:00 ./usr/bin/post
-rwSr--r-- root/root         1 2026-01-15 12:00 ./usr/lib/odd
drwxrwxrwt 998/998           0 2026-01-15 12:00 ./var/lib/drop/
lrwxrwxrwx root/root         0 2026-01-15 12:00 ./usr/bin/link -> with blanks
hrw-r--r-- root/root         0 2026-01-15 12:00 ./usr/lib/hard link to ./usr/lib/odd
`;

test('modes and owners are read as they were packed; links have none of their own', () => {
  expect(parseContents(contents).map(({ path, mode, owner, group }) => [path, mode.toString(8), owner, group])).toEqual([
    ['/', '755', 'root', 'root'],
    ['/var/log/hello', '750', 'root', 'adm'],
    ['/usr/bin/with blanks', '4755', 'root', 'root'],
    ['/usr/bin/post', '2755', 'root', 'mail'],
    ['/usr/lib/odd', '4644', 'root', 'root'],
    ['/var/lib/drop', '1777', '998', '998'],
  ]);
});
