import { expect, test } from '@jest/globals';
import { referenceLink, referenceWords, splitReferences } from './reference.ts';

// As lintian 2.116.3 writes them.
test.each([
  ['Scripts (Section 10.4) in the Debian Policy Manual', 1],
  ['the symbols File Format (Section 8.6.3.2) in the Debian Policy Manual, the deb-symbols(5) manual page, and Bug#630342', 3],
  ['https://wiki.debian.org/Hardening, https://gcc.gnu.org/gcc-5/changes.html, and https://example.org/a', 3],
  ['https://example.org/a https://example.org/b and Ubuntu Bug#1862787', 3],
  ['Syntax of relationship fields (Section 7.1) in the Debian Policy Manual and Bug#1', 2],
  [
    'Binary Dependencies - Depends, Recommends, Suggests, Enhances, Pre-Depends (Section 7.2) in the Debian Policy Manual and the deb-control(5) manual page',
    2,
  ],
  ['Changelog files and release notes (Section 12.7) in the Debian Policy Manual', 1],
  ["Section 6.7.5 of the Debian Developer's Reference", 1],
  ['usr/share/doc/gobject-introspection/policy.txt', 1],
])('%s', (text, count) => {
  const parts = splitReferences(text);
  expect(parts).toHaveLength(count);
  for (const part of parts) expect(text).toContain(part);
});

// As lintian 2.114 writes them.
test.each([
  ['Debian Policy Manual section 10.5', 1],
  ["Debian Policy Manual section 8.6.3.2, the deb-symbols(5) manual page, and Debian Developer's Reference section 6.7.5", 3],
  ['/usr/share/doc/dpkg-dev/rootless-builds.txt.gz, Debian Policy Manual section 4.9.2, and Debian Policy Manual section 5.6.31', 3],
  ['Filesystem Hierarchy Standard and the adduser(8) manual page', 2],
  ['Debian Policy Manual section 4.9 and https://example.org/a', 2],
])('%s', (text, count) => {
  expect(splitReferences(text)).toHaveLength(count);
});

test('what is known has a page, and Debian Policy its own words', () => {
  const policy = 'Writing the scripts (Section 9.3.2) in the Debian Policy Manual';
  expect(referenceWords(policy)).toBe('Debian Policy 9.3.2, Writing the scripts');
  expect(referenceLink(policy)).toBe('https://www.debian.org/doc/debian-policy/ch-opersys.html#writing-the-scripts');
  expect(referenceLink('Main building script: debian/rules (Section 4.9) in the Debian Policy Manual')).toBe(
    'https://www.debian.org/doc/debian-policy/ch-source.html#main-building-script-debian-rules',
  );
  expect(referenceWords('Debian Policy Manual section 10.5')).toBe('Debian Policy 10.5');
  expect(referenceLink('Debian Policy Manual section 10.5')).toBe('https://www.debian.org/doc/debian-policy/ch-files.html');
  expect(referenceLink('the deb-systemd-invoke(1p) manual page')).toBe('https://manpages.debian.org/deb-systemd-invoke.1p');
  expect(referenceLink('Bug#994275')).toBe('https://bugs.debian.org/994275');
  expect(referenceLink('Ubuntu Bug#1862787')).toBe('https://bugs.launchpad.net/bugs/1862787');
});

test('what is not known stays as it is', () => {
  expect(referenceWords("Section 6.7.5 of the Debian Developer's Reference")).toBe("Section 6.7.5 of the Debian Developer's Reference");
  expect(referenceLink('Location (Section 3.1) in the Debian Menu System')).toBeUndefined();
  expect(referenceLink('Nothing (Section 99.1) in the Debian Policy Manual')).toBeUndefined();
});

test('hostile text is one reference, in no time, and no link', () => {
  const text = `${'a and '.repeat(20_000)}javascript:alert(1)`;
  expect(splitReferences(text)).toEqual([text]);
  expect(referenceLink('javascript:alert(1)')).toBeUndefined();
});
