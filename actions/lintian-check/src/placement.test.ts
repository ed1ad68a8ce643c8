import { describe, expect, test } from '@jest/globals';
import type { Hint, Pointer } from '@release-kit/debian';
import { hintOf } from './hint.test-support.ts';
import { candidatesOf } from './placement.ts';

const stanzas = new Map([
  ['hello', 9],
  ['hello-data', 20],
]);
const first = (hint: Partial<Hint>) => candidatesOf(hintOf(hint), stanzas)[0];
const pointed = (index: Pointer['index'], path: string, line?: number, packageName = 'hello') =>
  first({ package: packageName, pointer: { index, path, line } });

describe('candidatesOf', () => {
  test('a pointer into the source tree is taken as it stands', () => {
    expect(pointed('patched', 'debian/rules', 7)).toMatchObject({ path: 'debian/rules', line: 7 });
    expect(pointed('patched', 'src/main.c')).toMatchObject({ path: 'src/main.c' });
  });

  test('a maintainer script comes from debian/PACKAGE.NAME, for the first package from debian/NAME as well', () => {
    expect(pointed('control', 'postinst', 4)).toMatchObject({ path: 'debian/hello.postinst', line: 4, generated: true });
    const paths = (name: string) =>
      candidatesOf(hintOf({ package: name, pointer: { index: 'control', path: 'prerm', line: 1 } }), stanzas).map(({ path }) => path);
    expect(paths('hello')).toContain('debian/prerm');
    expect(paths('hello-data')).not.toContain('debian/prerm');
  });

  test.each([
    ['usr/share/doc/hello/changelog.Debian.gz', 'debian/changelog'],
    ['usr/share/doc/hello/copyright', 'debian/copyright'],
    ['lib/systemd/system/hello.service', 'debian/hello.service'],
    ['usr/lib/systemd/system/other.timer', 'debian/hello.other.timer'],
    ['usr/share/lintian/overrides/hello', 'debian/hello.lintian-overrides'],
    ['usr/share/man/man1/hello.1.gz', 'debian/hello.1.gz'],
  ])('the installed %s comes from %s', (path, source) => {
    expect(pointed('installed', path)?.path).toBe(source);
  });

  test('an installed path is looked for in the files that install it, the whole path first', () => {
    const candidates = candidatesOf(hintOf({ pointer: { index: 'installed', path: 'opt/x/notes.txt', line: undefined } }), stanzas);
    const holding = candidates.filter((candidate) => candidate.path === 'debian/install').map((candidate) => candidate.holding);
    expect(holding).toEqual(['opt/x/notes.txt', 'opt/x']);
  });

  test('older reports do not say what a path is relative to: paths in debian/ are taken, others looked for', () => {
    expect(pointed(undefined, 'debian/control', 3)).toMatchObject({ path: 'debian/control', line: 3 });
    expect(candidatesOf(hintOf({ note: 'opt/x/ and more' }), stanzas)[0]).toMatchObject({ path: 'debian/hello.install', holding: 'opt/x' });
    expect(first({ note: 'debian/rules' })).toMatchObject({ path: 'debian/rules' });
    for (const note of ['"a/b"', '/etc/passwd', 'no path']) expect(first({ note })).toMatchObject({ path: 'debian/control', line: 9 });
  });

  test('without a pointer, the tag or the stanza of the package says where', () => {
    expect(first({ tag: 'no-copyright-file' })).toMatchObject({ path: 'debian/copyright', line: 1 });
    expect(first({ tag: 'bad-distribution-in-changes-file', type: 'changes' })).toMatchObject({ path: 'debian/changelog', line: 1 });
    expect(first({ tag: 'description-too-short', package: 'hello-data' })).toMatchObject({ path: 'debian/control', line: 20 });
    expect(first({ tag: 'older-source-format', type: 'source' })).toMatchObject({ path: 'debian/control', line: 1 });
  });
});
