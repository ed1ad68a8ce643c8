import { expect, test } from '@jest/globals';
import { ownFiles } from '../apt/dpkg-records.ts';
import { addedBytes } from './disk-use.ts';
import { file, folder, snapshot } from './snapshot.test-support.ts';

test('what came counts once, without records, what is in memory and what was there', () => {
  const now = snapshot({
    '/usr/bin/x': file({ disk: 8192, inode: '7', size: 5000 }),
    '/usr/bin/y': file({ disk: 8192, inode: '7', size: 5000 }),
    '/usr/bin/z': file({ disk: 4096, inode: '8' }),
    '/usr/lib/x': folder({ disk: 4096 }),
    '/var/lib/dpkg/info/x.list': file({ disk: 4096, inode: '9' }),
    '/run/x': file({ disk: 4096, inode: '10' }),
  });
  expect(addedBytes(snapshot(), now, ownFiles)).toBe(16384);
  expect(addedBytes(now, snapshot(), ownFiles)).toBe(0);
});
