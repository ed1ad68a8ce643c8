import { describe, expect, test } from '@jest/globals';
import { parseDeb822 } from './deb822.ts';
import { checkPackageFields } from './package-fields.ts';

const fields = (text: string) => {
  const [paragraph] = parseDeb822(text, 'control');
  return () => checkPackageFields(paragraph ?? { fields: [], get: () => undefined, line: () => undefined }, 'x.deb');
};

describe('checkPackageFields', () => {
  test('returns the fields of a sane package', () => {
    expect(fields('Package: hello\nVersion: 1:2.10-3\nArchitecture: amd64\n')()).toEqual({
      package: 'hello',
      version: '1:2.10-3',
      architecture: 'amd64',
    });
  });

  test.each([
    ['Package: ../../x\nVersion: 1\nArchitecture: all', /not a package name/],
    ['Package: -oAPT::x\nVersion: 1\nArchitecture: all', /not a package name/],
    ['Package: Hello\nVersion: 1\nArchitecture: all', /not a package name/],
    [`Package: ${'a'.repeat(300)}\nVersion: 1\nArchitecture: all`, /not a package name/],
    ['Package: hello\n world\nVersion: 1\nArchitecture: all', /not a package name/],
    ['Package: hello\nVersion: 1/../2\nArchitecture: all', /not a Debian version/],
    [`Package: hello\nVersion: 1${'0'.repeat(300)}\nArchitecture: all`, /too long/],
    ['Package: hello\nVersion: 1\nArchitecture: all;id', /"all;id" is not an architecture/],
    ['Package: hello\nVersion: 1\nArchitecture: amd64 i386', /not an architecture/],
    ['Package: hello\nVersion: 1', /Architecture is missing or empty/],
    ['Package: hello\nArchitecture: all', /Version is missing or empty/],
    ['Package:\nVersion: 1\nArchitecture: all', /Package is missing or empty/],
  ])('refuses %j', (text, message) => {
    expect(fields(text)).toThrowWithCode('E_DEB', message);
  });

  test('names the line of the field', () => {
    expect(fields('Package: hello\nVersion: x\nArchitecture: all')).toThrow(expect.objectContaining({ place: { file: 'x.deb', line: 2 } }));
  });
});
