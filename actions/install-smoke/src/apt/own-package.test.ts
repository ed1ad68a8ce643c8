import { expect, test } from '@jest/globals';
import { parseDeb822 } from '@release-kit/debian';
import { layerInputs } from './dependencies.ts';
import { repositoryIndex } from './local-repository.ts';
import { checkedControl, type OwnPackage, pathInRepository, readOwnPackages } from './own-package.ts';

const control = (fields: string) => `Package: aa\nVersion: 1:1.0-1\nArchitecture: all\n${fields}Description: x\n more\n`;
const own = (fields = '', version = '1:1.0-1'): OwnPackage => {
  const [paragraph] = parseDeb822(control(fields), 'a');
  if (paragraph === undefined) throw new Error('no paragraph');
  const file = { name: 'aa', version, architecture: 'all', file: '/out/aa.deb' };
  return { file, path: pathInRepository('new', file), control: paragraph, size: 7, sha256: 'ab' };
};

test('a file that holds another package or version than the manifest says is refused', () => {
  const file = { name: 'aa', version: '1:1.0-1', architecture: 'all', file: '/out/aa.deb' };
  expect(checkedControl(control(''), file).get('Package')).toBe('aa');
  expect(() => checkedControl(control(''), { ...file, name: 'b' })).toThrowWithCode(
    'E_SMOKE_INSTALL',
    /^the file of b holds the package aa$/,
  );
  expect(() => checkedControl(control(''), { ...file, version: '2' })).toThrowWithCode('E_SMOKE_INSTALL', /holds version 1:1\.0-1/);
  expect(() => checkedControl('Package: ::error::\n', file)).toThrowWithCode('E_SMOKE_INSTALL', /control file of aa/);
  expect(() => checkedControl('', file)).toThrowWithCode('E_SMOKE_INSTALL', /is empty/);
});

test('the file that cannot be read is named', async () => {
  const packages = ['aa', 'bb'].map((name) => ({ name, version: '1', architecture: 'all', file: '/dev/null' }));
  const run = async () => ({ exitCode: 2, stdout: 'Package: aa\nVersion: 1\nArchitecture: all\n\0', stderr: 'damaged' });
  await expect(readOwnPackages(run, '/x', { label: 'new', packages }, 1000)).rejects.toThrowWithCode(
    'E_SMOKE_INSTALL',
    /^the package file of bb cannot be read$/,
  );
});

test('the index describes the file by what we know of it, whatever the control file says', () => {
  expect(repositoryIndex([own('SHA256: 00\nfilename: ../evil\n'), own()])).toBe(
    'Package: aa\nVersion: 1:1.0-1\nArchitecture: all\nDescription: x\n more\nFilename: ./new/aa_1.1.0-1_all.deb\nSize: 7\nSHA256: ab\n',
  );
});

test('the layer of dependencies is the same for a new build, and another for other dependencies', () => {
  const inputs = (fields: string, version?: string) =>
    JSON.stringify(
      layerInputs([{ set: { label: 'new', packages: [] }, packages: [own(fields, version)] }], { recommends: false, beside: [] }),
    );
  expect(inputs('Depends: libc6, a-data (= 1.0)\n', '1.0')).toBe(inputs('Depends: libc6, a-data (= 1.1)\n', '1.1'));
  expect(inputs('Depends: lib1\n', '1')).not.toBe(inputs('Depends: lib2\n', '2'));
  expect(inputs('Depends: libc6\n')).not.toBe(inputs('Depends: libc6, adduser\n'));
});
