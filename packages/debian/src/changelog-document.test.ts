import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bytesOf, changelogBytes, readChangelog, textOf } from './changelog-document.ts';

const fixtures = new URL('./fixtures/changelog/', import.meta.url);
const heading = 'hello (1.0-1) unstable; urgency=medium\n';
const trailer = ' -- Ada Builder <ada@example.org>  Sat, 21 Nov 2026 08:00:00 +0000\n';
const entry = `${heading}\n  * Change.\n\n${trailer}`;
const read = (text: string) => readChangelog(Buffer.from(text, 'latin1'));
const written = (text: string) => Buffer.from(changelogBytes(read(text))).toString('latin1');

describe('readChangelog', () => {
  test('reads what dch wrote, and gives it back', async () => {
    const names = (await readdir(fixtures)).filter((name) => name.startsWith('dch-'));
    expect(names).toHaveLength(5);
    for (const name of names) {
      const bytes = await readFile(new URL(name, fixtures));
      expect(Buffer.from(changelogBytes(readChangelog(bytes)))).toEqual(bytes);
    }
    const { entries } = readChangelog(await readFile(new URL('dch-released.changelog', fixtures)));
    expect(entries.map((each) => [each.version, each.distributions, each.urgency, each.trailer?.maintainer, each.lines.length])).toEqual([
      ['1:1.1-1', ['unstable'], 'medium', 'Bob Übersetzer <bob@example.org>', 10],
      ['1:1.0-1', ['unstable'], 'medium', 'Ada Builder <ada@example.org>', 3],
    ]);
  });

  test.each([
    ['nothing', '', [], ''],
    ['no line end at the end', entry.trimEnd(), ['1.0-1'], ''],
    ['work in progress without a trailer', `${heading}\n  * x\n\n${entry}`, ['1.0-1', '1.0-1'], ''],
    ['a trailer that is not well formed', `${heading}\n  * x\n\n -- \n\n${entry}`, ['1.0-1', '1.0-1'], ''],
    ['CR LF', entry.replaceAll('\n', '\r\n'), ['1.0-1'], ''],
    ['tabs, blanks and blank lines', `\n\n${entry.replaceAll('\n', ' \t\n')}\n\n\n\n${entry}`, ['1.0-1', '1.0-1'], ''],
    ['settings of Emacs', `${entry}\nLocal variables:\nmode: debian-changelog\nEnd:\n${entry}`, ['1.0-1'], 'Local variables:'],
    ['settings of Vim', `${entry}vim:et\n`, ['1.0-1'], 'vim:et'],
    ['an older form', `${entry}\nThu Jul 18 01:30:22 MDT 1996  B <b@example.org>\n\n\t* x\n${entry}`, ['1.0-1'], 'Thu Jul 18'],
    ['comments and odd lines', `# a\n${entry}odd it is\n /* x */\n${heading} \u00ff\u0000\n`, ['1.0-1', '1.0-1'], ''],
    ['a byte order mark', `\u00ef\u00bb\u00bf${entry}${entry}`, ['1.0-1'], ''],
    ['UTF-16', Buffer.from(entry, 'utf16le').toString('latin1'), [], ''],
  ])('keeps %s', (_, text, versions, tail) => {
    const document = read(text);
    expect(document.entries.map(({ version }) => version)).toEqual(versions);
    expect(document.tail.startsWith(tail) && (tail !== '' || document.tail === '')).toBe(true);
    expect(written(text)).toBe(text);
  });

  test('decodes names from UTF-8, else from Latin-1', () => {
    const named = (name: string) =>
      read(`${heading}\n  * x\n\n -- ${name} <a@b>  Sat, 21 Nov 2026 08:00:00 +0000\n`).entries[0]?.trailer?.maintainer;
    expect(named(bytesOf('Tomáš à'))).toBe('Tomáš à <a@b>');
    expect(named('Ren\u00e9')).toBe('René <a@b>');
  });

  test('tells the date in seconds, and no date from one that is none', () => {
    const dated = (date: string) => read(`${heading}\n  * x\n\n -- A <a@b>  ${date}\n`).entries[0]?.trailer;
    expect(dated('Sat, 21 Nov 2026 10:00:00 +0200')).toMatchObject({ timestamp: 1795248000 });
    expect(dated('Sat, 31 Nov 2026 10:00:00 +0200')).toMatchObject({ timestamp: undefined, date: 'Sat, 31 Nov 2026 10:00:00 +0200' });
  });

  test('gives any bytes back', () => {
    const piece = fc.oneof(
      fc.constantFrom(heading, trailer, '  * x\n', '\n', ' ', '\r\n', '# c\n', 'vim:\n', 'Old Changelog:\n', ' --', '\u00e9'),
      fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        expect(written(text)).toBe(text);
      }),
    );
  });

  test('texts and their bytes are each other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(textOf(bytesOf(text))).toBe(text);
      }),
    );
  });
});
