import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { changelogLine } from './changelog-line.ts';

describe('changelogLine', () => {
  test.each([
    ['hello (1:1.0~rc1-1) bookworm-backports trixie; urgency=HIGH, binary-only=yes \r', '1:1.0~rc1-1', ['bookworm-backports', 'trixie']],
    ['Hello (whatever_it_is)\tunstable ;', undefined, undefined],
    ['Hello (whatever_it_is)\tunstable;', 'whatever_it_is', ['unstable']],
    ['hello (1.0) unstable', undefined, undefined],
    ['hello  (1.0) unstable; urgency=low', undefined, undefined],
    ['hello (1 0) unstable; urgency=low', undefined, undefined],
  ])('reads the heading %j as version %j', (text, version, distributions) => {
    const line = changelogLine(text);
    expect(line.kind === 'heading' ? [line.version, line.distributions] : [undefined, undefined]).toEqual([version, distributions]);
  });

  test.each([
    [' -- Ada <ada@example.org>  Sat, 21 Nov 2026 08:00:00 +0000', 'Ada <ada@example.org>'],
    [' -- Ada <Old> B <ada@example.org>  Sat,  1 Nov 2026  8:00:00 +0000\r', 'Ada <Old> B <ada@example.org>'],
    [' -- Ada <a@b> 21 Foo 2026 08:00:00 +0000  ', 'Ada <a@b>'],
    [' --  <a@b>  Xyz, 21 Nov 2026 08:00:00 +0000', ' <a@b>'],
    [' -- Ada <a@b>   Sat, 21 Nov 2026 08:00:00 +0000', undefined],
    [' -- Ada <a@b>  Sat, 21 Nov 2026 08:00:00 UTC', undefined],
    [' -- <a@b>  Sat, 21 Nov 2026 08:00:00 +0000', undefined],
    [' -- >  Sat, 21 Nov 2026 08:00:00 +0000', undefined],
    [' --', undefined],
  ])('reads the trailer %j as of %j', (text, maintainer) => {
    const line = changelogLine(text);
    expect(line.kind === 'trailer' ? line.maintainer : undefined).toBe(maintainer);
  });

  test.each([
    ['blank', ['', ' ', '\t \r', '\f']],
    ['change', ['  * Change.', '\t\tchange', ' \tchange', '  -- not a trailer', '   \u00e0']],
    ['comment', ['# comment', '$Id: hello $', '/* a */ b']],
    ['settings', ['Local variables:', ';;local Variables: x', 'vim: et', 'VIM:']],
    [
      'ancient',
      [
        'Thu Jul 18 01:30:22 MDT 1996  Bdale Garbee  <bdale@example.org>',
        'Thu Jul 18 01:30:22 1996  Bdale Garbee (bdale@example.org)',
        'Mon Jul 15, 1996 Bdale <bdale@example.org>',
        'hello (1.0)',
        'hello (1.0);',
        'hello-1.3 Debian 4',
        'hello 1.3 debian 4 and more',
        'Changes from version 1 to 2: some',
        'Changes for hello-1.0:',
        'Old Changelog:',
        '0:1.3.4',
        'hello:',
      ],
    ],
    [
      'odd',
      [
        '#comment',
        '\u00a0',
        '*',
        'Some words.',
        ' one blank',
        '\tone tab',
        ' --x',
        'a - b',
        'Changes for',
        '\u00ef\u00bb\u00bfhello (1) x; urgency=low',
      ],
    ],
  ])('finds %s', (kind, lines) => {
    expect(lines.map((line) => changelogLine(line).kind)).toEqual(lines.map(() => kind));
  });

  test('ends on every line, however long', () => {
    const words = ['a', ' ', ' <', '>', '(', ') ', ';', '-', ' -- ', 'Debian ', '1996 ', 'Mon Jul 1 ', '$a:', '/*', '\t', '=', ' to '];
    const line = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
    const start = fc.constantFrom('', 'hello (1) ', 'Mon Jul 1 1:1:1 ', ' -- ', 'hello-', 'Changes from version ', '/*', '$a:');
    fc.assert(
      fc.property(start, line, (first, part) => {
        expect(changelogLine(first + part.repeat(20_000)).kind).toMatch(/./);
      }),
      { numRuns: 60 },
    );
  });
});
