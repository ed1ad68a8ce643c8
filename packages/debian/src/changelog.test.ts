import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { UserError } from '@release-kit/action/errors';
import fc from 'fast-check';
import { parseChangelog } from './changelog.ts';

const trailer = ' -- Ada Builder <ada@example.org>  Sat, 21 Nov 2026 08:00:00 +0000\n';
const entry = (heading = 'hello (1.0-1) unstable; urgency=medium', changes = '\n  * Change.\n\n', end = trailer) =>
  `${heading}\n${changes}${end}`;
const parse = (text: string) => parseChangelog(text, 'debian/changelog');

function lineOf(text: string): number | undefined {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof UserError && error.code === 'E_CHANGELOG') return error.place?.line;
    throw error;
  }
  return undefined;
}

describe('parseChangelog', () => {
  test('reads entries, newest first', () => {
    const text = `${entry('hello (2:1.0~rc.1-1) bookworm-backports trixie; urgency=HIGH, binary-only=yes', '\n  * One\n    more.\n\n  [ Bob ]\n  * Two.\n\n')}\n${entry()}`;
    expect(parse(text)).toEqual([
      {
        package: 'hello',
        version: '2:1.0~rc.1-1',
        distributions: ['bookworm-backports', 'trixie'],
        urgency: 'high',
        binaryOnly: true,
        changes: '  * One\n    more.\n\n  [ Bob ]\n  * Two.',
        maintainer: 'Ada Builder <ada@example.org>',
        date: 'Sat, 21 Nov 2026 08:00:00 +0000',
        timestamp: 1795248000,
        line: 1,
      },
      expect.objectContaining({
        version: '1.0-1',
        distributions: ['unstable'],
        urgency: 'medium',
        binaryOnly: false,
        changes: '  * Change.',
        line: 11,
      }),
    ]);
  });

  test('reads what dpkg built from', async () => {
    const text = await readFile(new URL('./fixtures/changelog/ring.changelog', import.meta.url), 'utf8');
    expect(parse(text).map(({ version, timestamp }) => ({ version, timestamp }))).toEqual([
      { version: '1.1-1', timestamp: 1795341600 },
      { version: '1.0-1', timestamp: 1795248000 },
    ]);
  });

  test.each([
    'hello (1) UNRELEASED; urgency=low (HIGH for users of diversions)',
    'hello (1) unstable; urgency=low,xc-note=x',
    'hello (1) unstable;  urgency = medium ',
  ])('takes the heading %j', (heading) => {
    expect(parse(entry(heading))).toHaveLength(1);
  });

  test('skips comments and the settings of editors', () => {
    expect(parse(`# comment\n$Id: x $\n/* c */\n${entry()}\nLocal variables:\nmode: debian-changelog\nEnd:\n`)).toHaveLength(1);
    expect(parse(`${entry()}\nvim: et\nwhatever`)).toHaveLength(1);
  });

  test.each([
    ['', undefined, /no entry/],
    ['\n\n', undefined, /no entry/],
    [entry('hello 1.0 unstable; urgency=low'), 1, /not the heading/],
    [entry('hello (1.0) ; urgency=low'), 1, /no distribution/],
    [entry('hello (1.0)unstable; urgency=low'), 1, /no distribution/],
    [entry('hello (1.0) unstable'), 1, /not the heading/],
    [entry('hello (1.0) un/stable; urgency=low'), 1, /not the name of a distribution/],
    [entry('Hello (1.0) unstable; urgency=low'), 1, /not a package name/],
    [entry('hello (1_0) unstable; urgency=low'), 1, /not a Debian version/],
    [entry('hello () unstable; urgency=low'), 1, /not a Debian version/],
    [entry('hello (1.0) unstable;'), 1, /not key=value/],
    [entry('hello (1.0) unstable; urgency=soon'), 1, /urgency must be one of/],
    [entry('hello (1.0) unstable; binary-only=yes'), 1, /urgency must be one of/],
    [entry('hello (1.0) unstable; urgency=low, urgency=low'), 1, /given twice/],
    [entry('hello (1.0) unstable; urgency=low, color=red'), 1, /not known/],
    [entry('hello (1.0) unstable; urgency=low, binary-only=maybe'), 1, /binary-only must be yes/],
    [entry(undefined, ' * one blank\n'), 2, /neither a change/],
    [entry(undefined, 'text\n'), 2, /neither a change/],
    [entry(undefined, undefined, ' -- Ada <a@b> Sat, 21 Nov 2026 08:00:00 +0000\n'), 5, /exactly two blanks/],
    [entry(undefined, undefined, ' -- Ada <a@b>  21.11.2026\n'), 5, /not a date/],
    [entry(undefined, undefined, ' -- <a@b>  Sat, 21 Nov 2026 08:00:00 +0000\n'), 5, /is not " -- name/],
    [entry(undefined, undefined, ' --   <a@b>  Sat, 21 Nov 2026 08:00:00 +0000\n'), 5, /lacks the name/],
    [entry(undefined, undefined, ' -- Ada <>  Sat, 21 Nov 2026 08:00:00 +0000\n'), 5, /lacks the name/],
    [entry(undefined, undefined, ''), 1, /has no trailer/],
    [entry(undefined, undefined, '') + entry(), 5, /a new entry starts, but the one on line 1/],
    [entry().replaceAll('\n', '\r\n'), 1, /carriage return/],
    [entry(undefined, '  * a\0b\n'), 2, /NUL/],
    [`${entry()}\nOld Changelog:\n`, 7, /not the heading/],
    [`${entry()}\nThu Jul 18 01:30:22 MDT 1996  Bdale Garbee  <x@y>\n`, 7, /not the heading/],
  ])('refuses %j', (text, line, message) => {
    expect(() => parse(text)).toThrowWithCode('E_CHANGELOG', message);
    expect(lineOf(text)).toBe(line);
  });

  test('can leave all but the newest entries unread', () => {
    expect(parseChangelog(`${entry()}\nOld Changelog:\n`, 'x', { newest: 1 })).toHaveLength(1);
    expect(() => parseChangelog('', 'x', { newest: 1 })).toThrowWithCode('E_CHANGELOG');
  });

  test('shows hostile lines inert', () => {
    expect(() => parse(entry(undefined, '::error::x\u001b[2J\n'))).toThrowWithCode('E_CHANGELOG', /"\\::error::x\\x1b\[2J"/);
  });

  test('never fails otherwise than with E_CHANGELOG', () => {
    const piece = fc.constantFrom(
      'hello (1) x; urgency=low\n',
      '  * a\n',
      trailer,
      ' -- ',
      '\n',
      ' ',
      '(',
      ';',
      '\0',
      '\r',
      '# c\n',
      'vim:',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        lineOf(pieces.join(''));
      }),
    );
  });
});
