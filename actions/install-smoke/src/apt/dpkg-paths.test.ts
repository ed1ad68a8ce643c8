import { expect, test } from '@jest/globals';
import { parseConffiles } from './dpkg-paths.ts';

test('conffiles that dpkg calls obsolete do not count', () => {
  const text = ` /etc/hello.conf d41d8cd98f00b204e9800998ecf8427e
 /etc/default/a file d41d8cd98f00b204e9800998ecf8427e
 /etc/old.conf d41d8cd98f00b204e9800998ecf8427e obsolete

 /etc/other newconffile
`;
  expect(parseConffiles(text)).toEqual(['/etc/hello.conf', '/etc/default/a file']);
});
