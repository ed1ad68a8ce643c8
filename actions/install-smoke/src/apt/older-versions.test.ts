import { expect, test } from '@jest/globals';
import type { PackageSet } from '../package-manager.ts';
import { olderVersions, parseMadison } from './older-versions.ts';
import { parsePackageFields } from './package-files.ts';

// Real output of apt 2.6.1; the last line is that of a source package.
const madison = ` memcached | 1.6.18-1+deb12u1 | http://deb.example.org/debian-security bookworm-security/main amd64 Packages
 memcached |   1.6.18-1 | http://deb.example.org/debian bookworm/main amd64 Packages
redis-server | 5:7.0.15-1~deb12u7 | http://deb.example.org/debian bookworm/main amd64 Packages
 memcached |   1.6.18-1 | http://deb.example.org/debian bookworm/main Sources
`;
const set = (...packages: readonly (readonly [string, string])[]): PackageSet => ({
  label: 'new',
  packages: packages.map(([name, version]) => ({ name, version, architecture: 'amd64', file: '' })),
});

test('the newest lower version that the archive has is fetched', () => {
  const known = parseMadison(madison);
  expect(known).toHaveLength(3);
  const older = olderVersions(known, set(['redis-server', '5:7.0.15-1~deb12u7'], ['memcached', '1.6.18-1+deb12u1'], ['new', '1']));
  expect(older).toEqual([{ name: 'memcached', version: '1.6.18-1' }]);
  expect(olderVersions(known, set(['memcached', '1.6.19-1']))).toEqual([{ name: 'memcached', version: '1.6.18-1+deb12u1' }]);
});

test('what dpkg-deb says of files is believed as far as it is of its form', () => {
  expect(parsePackageFields('a+b\t1:2.0-1\tamd64\nlibc\t3\tall\n')).toEqual([
    { name: 'a+b', version: '1:2.0-1', architecture: 'amd64' },
    { name: 'libc', version: '3', architecture: 'all' },
  ]);
  expect(parsePackageFields('aa\t1\tall\n../x\t1\tall\nbb\t1\tall\n')).toHaveLength(1);
  expect(parsePackageFields('aa\tno version\tall\n')).toEqual([]);
});
