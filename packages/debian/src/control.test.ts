import { describe, expect, test } from '@jest/globals';
import { parseControl } from './control.ts';

const source = 'Source: hello\nMaintainer: A <a@b>\n';
const binary = (name: string, architecture = 'any') => `\nPackage: ${name}\nArchitecture: ${architecture}\n`;

describe('parseControl', () => {
  test('reads the source and its binaries, comments dropped', () => {
    const control = parseControl(
      `# by hand\n${source}${binary('hello')}#\n${binary('hello-doc', 'all')}${binary('libx', 'linux-any amd64')}`,
      'debian/control',
    );
    expect(control.source.get('Source')).toBe('hello');
    expect(control.binaries.map((each) => each.get('Package'))).toEqual(['hello', 'hello-doc', 'libx']);
  });

  test.each([
    ['', /empty/],
    [source, /no paragraph for a binary package/],
    [binary('hello') + binary('x2'), /no Source field/],
    [`${source}\nArchitecture: any\n`, /no Package field/],
    [`${source}\nPackage: hello\n`, /hello has no Architecture field/],
    [`${source}\nPackage: hello\nArchitecture:\n`, /hello has no Architecture field/],
    [source + binary('hello', 'all;id'), /"all;id" is not an architecture/],
    [source + binary('Hello'), /not a package name/],
    [source + binary('../../x'), /not a package name/],
    [source + binary('x'), /not a package name/],
    [source + binary('a'.repeat(129)), /not a package name/],
    [source + binary('hello') + binary('hello'), /hello is already on line 4/],
    ['Source: -oAPT::x\n', /not a package name/],
  ])('refuses %j', (text, message) => {
    expect(() => parseControl(text, 'debian/control')).toThrowWithCode('E_CONTROL', message);
  });

  test('names the line', () => {
    expect(() => parseControl(source + binary('hello', 'x86_64'), 'debian/control')).toThrow(
      expect.objectContaining({ place: { file: 'debian/control', line: 5 } }),
    );
  });
});
