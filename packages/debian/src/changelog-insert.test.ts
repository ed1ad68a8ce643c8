import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { parseChangelog } from './changelog.ts';
import { insertEntry, type ReleaseEntry } from './changelog-insert.ts';

const trailer = ' -- Ada Builder <ada@example.org>  Sat, 21 Nov 2026 08:00:00 +0000\n';
const old = `hello (1:1.0-1) trixie; urgency=high\n\n  * Change.\n\n${trailer}`;
const release: ReleaseEntry = {
  version: '1:1.1-1',
  changes: ['Greet.'],
  maintainer: 'Bob Übersetzer <bob@example.org>',
  timestamp: 1795249454,
  offset: -210,
};
const added =
  'hello (1:1.1-1) trixie; urgency=medium\n\n  * Greet.\n\n -- Bob Übersetzer <bob@example.org>  Sat, 21 Nov 2026 04:54:14 -0330\n';
const insert = (text: string, more: Partial<ReleaseEntry> = {}): string =>
  Buffer.from(insertEntry(Buffer.from(text), { ...release, ...more }, 'debian/changelog')).toString();
const fixture = (name: string) => readFile(new URL(`./fixtures/changelog/${name}.changelog`, import.meta.url), 'utf8');
const settings = 'Local variables:\nmode: debian-changelog\nEnd:\n';

describe('insertEntry', () => {
  test.each([
    ['above the newest', old, `${added}\n${old}`],
    ['below comments', `# a\n/* b */\n\n${old}`, `# a\n/* b */\n${added}\n${old}`],
    ['above blank lines', `\n \n${old}`, `${added}\n \n${old}`],
    ['with the line ends of the file', old.replaceAll('\n', '\r\n'), `${added}\n${old}`.replaceAll('\n', '\r\n')],
    ['above work of others that was never finished', `${old}\n${old.replace('1.0-1', '0.9-1').replace(trailer, '')}`, undefined],
  ])('puts an entry %s', (_, before, after) => {
    expect(insert(before)).toBe(after ?? `${added}\n${before}`);
  });

  test('starts a changelog', () => {
    const more = { package: 'hello', distribution: 'trixie' };
    expect(insert('', more)).toBe(added);
    expect(insert('# a', more)).toBe(`# a\n${added}`);
    expect(insert(settings, more)).toBe(`${added}\n${settings}`);
    expect(insert('', { package: 'hello' })).toContain('hello (1:1.1-1) unstable; urgency=medium\n');
    expect(() => insert('')).toThrowWithCode('E_CHANGELOG', /name of the package/);
  });

  test('keeps every byte of what is below', () => {
    const below = Buffer.from(`${old}\n${old.replace('1.0-1', '0.9-1').replace('Ada', 'Ren\u00e9')}\n\tx\r\n${settings}\u00ff`, 'latin1');
    const after = Buffer.from(insertEntry(below, release, 'x'));
    expect(after.subarray(after.length - below.length)).toEqual(below);
    expect(after.subarray(0, after.length - below.length).toString()).toBe(`${added}\n`);
  });

  test('is later than the release before', () => {
    expect(insert(old, { timestamp: 5, offset: 0 })).toContain('<bob@example.org>  Sat, 21 Nov 2026 08:00:01 +0000\n');
  });

  test.each([
    ['1:1.0-1', old],
    ['1.0-1', old],
    ['1:1.0-1', `${old.replace('1.0-1', '1.1-1')}\n${old}`],
    ['1:2.0-1', `${old}\n${old.replace('1:1.0-1', '2.0-1')}`],
    ['1:0.9-1', old],
    ['1.1-1', old],
    ['1:1.1-1', `\ufeff${old}`],
    ['1:1.1-1', `Some words here.\n${old}`],
    ['1:1.1-1', '  * x\n'],
    ['1:1.1-1', 'Old Changelog:\n'],
  ])('refuses version %s on top of %j', (version, text) => {
    expect(() => insert(text, { version, package: 'hello' })).toThrowWithCode('E_CHANGELOG');
  });

  test.each([
    { changes: [] },
    { distribution: 'a;b' },
    { urgency: 'x' },
    { maintainer: 'Bob' },
    { offset: 1440 },
    { offset: 0.5 },
    { package: 'A' },
  ])('refuses %j', (more) => {
    expect(() => insert(old, more)).toThrowWithCode('E_CHANGELOG');
  });

  test('a backport follows what it was made from, and a renamed package starts anew', () => {
    expect(insert(old, { version: '1:1.0-1~bpo12+1', distribution: 'bookworm-backports' })).toContain('~bpo12+1) bookworm-backports;');
    expect(insert(old, { version: '0.5', package: 'hello2' })).toMatch(/^hello2 \(0\.5\) trixie;/);
  });
});

describe('work in progress', () => {
  const changes = [
    { text: 'Greet in German.', author: 'Bob Übersetzer' },
    { text: 'Greet in Danish.', author: 'Bob Übersetzer' },
  ];
  const asDch = { changes, distribution: 'unstable', timestamp: 1795306577, offset: 0 };

  test('becomes part of the release as dch does it', async () => {
    const released = await fixture('dch-released');
    expect(insert(await fixture('dch-unreleased'), asDch)).toBe(released);
    expect(insert(await fixture('dch-two-authors'), { ...asDch, changes: changes.slice(1) })).toBe(released);
  });

  test.each([
    ['of the same person', trailer, ['b'], '  * a\n  * Ada Builder'],
    ['of somebody unknown', ' -- \n', ['b'], '  * a\n  * Ada Builder'],
    ['of somebody unknown', '', ['b', 'c'], '  * a\n\n  [ b ]\n  * b\n\n  [ c ]\n  * c'],
    ['of another', trailer, ['b', 'c'], '  [ Ada Builder ]\n  * a\n\n  [ b ]\n  * b\n\n  [ c ]\n  * c'],
  ])('%s (%j) is followed by changes of %j', (_, end, names, lines) => {
    const isSame = lines.includes('* Ada');
    const given = names.map((name) => ({ text: isSame ? 'Ada Builder' : name, author: isSame ? 'Ada Builder' : name }));
    const before = `hello (1:1.1-1) UNRELEASED; urgency=low\n\n  * a\n  * \n\n${end}\n${old}`;
    const after = insert(before, { changes: given });
    expect(after.slice(after.indexOf('\n\n') + 2, after.indexOf('\n\n -- '))).toBe(lines);
    expect(after).toMatch(/^hello \(1:1\.1-1\) trixie; urgency=low\n/);
    expect(after.endsWith(`\n\n${old}`)).toBe(true);
    expect(parseChangelog(after, 'x').map(({ version }) => version)).toEqual(['1:1.1-1', '1:1.0-1']);
  });

  test('without any line is replaced', () => {
    expect(insert(`hello (1:1.1-1) UNRELEASED; urgency=medium\n\n  * \n\n${trailer}\n${old}`)).toBe(`${added}\n${old}`);
    expect(insert('hello (1:9.1-1) UNRELEASED; urgency=low\n', { distribution: 'trixie', urgency: 'medium' })).toBe(added);
  });
});
