import { describe, expect, test } from '@jest/globals';
import { docsEntries, examplesEntries, infoEntries, manpagesEntries } from './dh-documents.ts';
import { type DhEntry, matchEntry, plainPath } from './dh-entry.ts';
import { dirsEntries, linksEntries } from './dh-folders.ts';
import { installEntries } from './dh-install.ts';
import { type DhLine, parseDhList } from './dh-list.ts';

const match = (read: (lines: readonly DhLine[]) => readonly DhEntry[], list: string, path: string) => {
  const found = matchEntry(read(parseDhList(list.split('\n')) ?? []), plainPath(path));
  return found === undefined ? undefined : [found.line, found.whole, found.source];
};

test('paths are compared below /usr, wherever they were written', () => {
  expect(plainPath('lib/systemd/system/')).toBe('usr/lib/systemd/system');
  expect(plainPath('/bin')).toBe('usr/bin');
  expect(plainPath('./debian/tmp/usr/lib')).toBe('usr/lib');
  expect(plainPath('library/x')).toBe('library/x');
});

describe('dh_install(1)', () => {
  test.each([
    ['several sources and a folder', 'src/a src/b usr/bin', 'usr/bin/b', [1, true, 'src/b']],
    ['one source keeps its place', 'usr/share/x', 'usr/share/x', [1, true, 'usr/share/x']],
    ['debian/tmp is left out', 'debian/tmp/usr/bin/tool', 'usr/bin/tool', [1, true, 'debian/tmp/usr/bin/tool']],
    ['a folder is taken whole', 'data usr/share/x', 'usr/share/x/data/deep/f', [1, false, 'data/deep/f']],
    ['a pattern', 'conf/*.conf etc/x', 'etc/x/a.conf', [1, true, 'conf/a.conf']],
    ['a variable', `usr/lib/\${DEB_HOST_MULTIARCH}/lib*.so.*`, 'usr/lib/x86_64-linux-gnu/liba.so.1', [1, true, undefined]],
    ['folders below /usr or not are the same', 'x.rules lib/udev/rules.d', 'usr/lib/udev/rules.d/x.rules', [1, true, 'x.rules']],
    ['the line that names more of the path', 'usr/share\nusr/share/x/y', 'usr/share/x/y', [2, true, 'usr/share/x/y']],
    ['another name', '#!/usr/bin/dh-exec\na.txt => usr/share/x/b.txt', 'usr/share/x/b.txt', [2, true, 'a.txt']],
    ['alternatives', 'src/{a,b} usr/bin', 'usr/bin/b', [1, true, 'src/b']],
  ])('%s', (_, list, path, found) => {
    const [line, whole, source] = match(installEntries, list, path) ?? [];
    expect([line, whole]).toEqual(found.slice(0, 2));
    if (found[2] !== undefined) expect(source).toBe(found[2]);
  });

  test('what is not named is not found', () => {
    expect(match(installEntries, 'a usr/bin', 'usr/bin/b')).toBeUndefined();
    expect(match(installEntries, 'a usr/bin', 'usr/bin')).toBeUndefined();
    expect(match(installEntries, '/', 'usr/bin')).toBeUndefined();
  });
});

test('dh_installdocs(1), dh_installexamples(1), dh_installinfo(1) take their words into fixed folders', () => {
  expect(match(docsEntries, 'README\nnotes/', 'usr/share/doc/hello/notes/a')).toEqual([2, false, 'notes/a']);
  expect(match(examplesEntries, 'contrib/run.sh', 'usr/share/doc/hello/examples/run.sh')).toEqual([1, true, 'contrib/run.sh']);
  expect(match(infoEntries, 'doc/hello.info', 'usr/share/info/hello.info')).toEqual([1, true, 'doc/hello.info']);
});

test.each([
  ['doc/hello.1', 'usr/share/man/man1/hello.1', 'doc/hello.1'],
  ['doc/hello.de.1', 'usr/share/man/de/man1/hello.1', 'doc/hello.de.1'],
  ['man/de/man1/hello.1', 'usr/share/man/de/man1/hello.1', 'man/de/man1/hello.1'],
  ['doc/*.3ssl', 'usr/share/man/man3/x.3ssl', 'doc/x.3ssl'],
  ['doc/*', 'usr/share/man/man8/x.8', 'doc/x.8'],
])('dh_installman(1): %s becomes %s', (word, path, source) => expect(match(manpagesEntries, word, path)).toEqual([1, true, source]));

test('dh-exec gives a page another name', () =>
  expect(match(manpagesEntries, '#!/usr/bin/dh-exec\ndoc/fd.1 => usr/share/man/man1/fdfind.1', 'usr/share/man/man1/fdfind.1')).toEqual([
    2,
    true,
    'doc/fd.1',
  ]));

test('dh_link(1) makes every second word, dh_installdirs(1) every one', () => {
  expect(match(linksEntries, 'usr/lib/x usr/bin/y\n/opt/a /opt/b', 'opt/b')).toEqual([2, true, undefined]);
  expect(match(linksEntries, 'usr/lib/x usr/bin/y', 'usr/lib/x')).toBeUndefined();
  expect(match(dirsEntries, 'var/lib/x var/cache/x', 'var/cache/x')).toEqual([1, true, undefined]);
});
