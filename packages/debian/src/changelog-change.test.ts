import { describe, expect, test } from '@jest/globals';
import { anyCharacter } from '@release-kit/action/any-character';
import fc from 'fast-check';
import { groupChanges, type NewChange } from './changelog-change.ts';

const lines = (change: string | NewChange): readonly string[] => groupChanges([change], 'Ada').flatMap((group) => group.lines);
const columns = (line: string) => [...line].length;
// What dpkg (on bytes) and lintian (on characters) take for the numbers of closed bugs; and Ubuntu's.
const closes = /closes:\s*(?:bug)?#?\s?\p{Nd}|lp:\s+#\p{Nd}/iu;

describe('groupChanges', () => {
  test('wraps at 80 columns and hangs what follows below the text', () => {
    expect(lines(`${'word '.repeat(20)}\n- ${'below '.repeat(16)}\nlast`)).toEqual([
      `  * ${'word '.repeat(15).trim()}`,
      `    ${'word '.repeat(5).trim()}`,
      `    - ${'below '.repeat(12).trim()}`,
      `      ${'below '.repeat(4).trim()}`,
      '    last',
    ]);
    expect(lines(`${'x'.repeat(37)} ${'y'.repeat(38)}`)).toHaveLength(1);
    expect(lines(`${'x'.repeat(38)} ${'y'.repeat(38)}`)).toHaveLength(2);
  });

  test('wide characters count twice, and break anywhere, as their scripts do', () => {
    const [first = '', second = ''] = lines('漢'.repeat(50));
    expect(first.length).toBeLessThanOrEqual(4 + 38);
    expect(first + second.trim()).toBe(`  * ${'漢'.repeat(50)}`);
    expect(lines('é'.repeat(76))).toHaveLength(1);
  });

  test('addresses of pages stay whole, words of no sense do not', () => {
    const address = `https://example.org/${'a'.repeat(200)}`;
    expect(lines(`See ${address} for more`)).toEqual(['  * See', `    ${address}`, '    for more']);
    expect(lines('('.repeat(1000)).every((line) => columns(line) <= 80)).toBe(true);
  });

  test('closes the bugs that are given, and none that a text speaks of', () => {
    expect(lines({ text: 'Greet (closes: #12, #13), LP: #5', closes: [1012345, 7, 7] })).toEqual([
      '  * Greet (closes #12, #13), LP #5 (Closes: #7, #1012345)',
    ]);
    expect(lines('Closes:\n\n bug 7')).toEqual(['  * Closes', '    bug 7']);
    expect(lines('closes:#  5 closes: bug \t 6 closes: 漢7')).toEqual(['  * closes# 5 closes bug 6 closes: 漢7']);
    for (const number of [0, -1, 1.5, Number.NaN, 1e9]) expect(() => lines({ text: 'x', closes: [number] })).toThrowWithCode('E_CHANGELOG');
  });

  test('authors come in the order of their first change', () => {
    const changes = [
      { text: 'a', author: 'Bob' },
      'b',
      { text: 'c', author: '' },
      { text: 'd', author: ' Bob\n' },
      { text: ' ', author: 'Eve' },
    ];
    expect(groupChanges(changes, 'Ada')).toEqual([
      { author: 'Bob', lines: ['  * a'] },
      { author: 'Ada', lines: ['  * b', '  * c'] },
      { author: 'Bob\\n', lines: ['  * d'] },
    ]);
  });

  test('names fit on their line, and hold no bracket', () => {
    const [group] = groupChanges([{ text: 'a', author: `[x] ] ${'Ada von Builder '.repeat(9)}` }], 'Ada');
    expect(group?.author).toMatch(/^\(x\) \) Ada von .*…$/);
    expect(columns(`  [ ${group?.author} ]`)).toBe(80);
  });

  test('a word that comes to stand first is neither a bullet nor a name', () => {
    expect(lines(`${'x'.repeat(76)} * [ Eve ]`)).toEqual([`  * ${'x'.repeat(76)}`, '    \\* [ Eve ]']);
    expect(lines(`a\n[ Eve ]`)).toEqual(['  * a', '    \\[ Eve ]']);
  });

  test('of 1 MiB a changelog needs only the start', () => {
    const text = lines('('.repeat(1024 * 1024)).join('');
    expect(text.length).toBeLessThan(5000);
    expect(text).toMatch(/…$/);
  });

  test('any text is lines that start with two blanks, fit, and close nothing', () => {
    const part = fc.oneof(
      fc.constantFrom('closes:', 'closes: #', ' ', '  ', '5'),
      fc.constantFrom(
        'closes',
        'Cloſes',
        'LP',
        ':',
        ': ',
        '#',
        '1',
        '٣',
        'bug',
        '\n',
        ' ',
        ' -- ',
        '* ',
        '- ',
        '[ x ]',
        'x'.repeat(70),
        '漢',
        '\u0301',
      ),
      fc.string({ unit: anyCharacter, maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const shown = lines(parts.join(''));
        expect(shown.filter((line) => !/^ {2}(?:\* | {2})\S/.test(line))).toEqual([]);
        expect(shown.filter((line) => columns(line) > 80 && /\S \S/.test(line.slice(6)))).toEqual([]);
        expect(shown.join('\n')).not.toMatch(closes);
        expect(shown.join('\n')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
      }),
      { numRuns: 500 },
    );
  });
});
