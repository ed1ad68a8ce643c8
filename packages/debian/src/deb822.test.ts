import { describe, expect, test } from '@jest/globals';
import { UserError } from '@release-kit/action/errors';
import fc from 'fast-check';
import { type Deb822Options, parseDeb822 } from './deb822.ts';

function placeOf(text: string, options?: Deb822Options): unknown {
  try {
    parseDeb822(text, 'debian/control', options);
  } catch (error) {
    return error instanceof UserError && error.code === 'E_CONTROL' ? error.place : error;
  }
  return 'nothing thrown';
}

describe('parseDeb822', () => {
  test('reads paragraphs, folded and multiline values, and knows their lines', () => {
    const text =
      '\nSource: hello\nBuild-Depends: a,\n b (>= 1) ,\n\tc\n\n\nPackage:  hello  \nEmpty:\nDescription: short\n long\n .\n  verbatim\n';
    const [source, binary, ...rest] = parseDeb822(text, 'x');
    expect(rest).toEqual([]);
    expect(source?.fields).toEqual([
      { name: 'Source', value: 'hello', line: 2 },
      { name: 'Build-Depends', value: 'a,\nb (>= 1) ,\nc', line: 3 },
    ]);
    expect(binary?.get('package')).toBe('hello');
    expect(binary?.get('EMPTY')).toBe('');
    expect(binary?.get('Description')).toBe('short\nlong\n.\n verbatim');
    expect(binary?.line('description')).toBe(10);
    expect(binary?.get('Source')).toBeUndefined();
    expect(binary?.line('Source')).toBeUndefined();
  });

  test('needs no line feed at the end, and takes the empty text', () => {
    expect(parseDeb822('A: 1', 'x')[0]?.get('A')).toBe('1');
    expect(parseDeb822('', 'x')).toEqual([]);
    expect(parseDeb822('\n\n', 'x')).toEqual([]);
  });

  test('lets values hold colons and hash marks, and names be odd', () => {
    const [paragraph] = parseDeb822('A: b: c # d\nX-!"$%&: v\n__proto__: p\nconstructor: c', 'x');
    expect(paragraph?.get('A')).toBe('b: c # d');
    expect(paragraph?.get('x-!"$%&')).toBe('v');
    expect(paragraph?.get('__proto__')).toBe('p');
    expect(paragraph?.get('toString')).toBeUndefined();
  });

  test.each([
    ['A: 1\nnonsense', 2, 1],
    ['A: 1\n: 2', 2, 1],
    ['A: 1\nB : 2', 2, 2],
    ['A: 1\na: 2', 2, 1],
    [' A: 1', 1, 1],
    ['A: 1\n\n continued', 3, 1],
    ['A: 1\n \nB: 2', 2, 1],
    ['A: 1\n\t \n', 2, 1],
    ['A: 1\0', 1, 5],
    ['A: 1\n b\0c', 2, 3],
    ['A: 1\r\n', 1, 5],
    ['A: 1\rB: 2', 1, 5],
    ['# comment\nA: 1', 1, 1],
    ['-A: 1', 1, 1],
    ['-----BEGIN PGP SIGNED MESSAGE-----', 1, 1],
    ['Ä: 1', 1, 1],
    ['A\u007f: 1', 1, 2],
    ['\ufeffA: 1', 1, 1],
  ])('refuses %j at line %d, column %d', (text, line, column) => {
    expect(placeOf(text)).toEqual({ file: 'debian/control', line, column });
  });

  test.each([
    ['\ufeffA: 1', /begins with a byte order mark/],
    ['A: 1\r\n', /ends with CR LF/],
  ])('what an editor did to %j is told in its words, with what keeps it away', (text, message) => {
    expect(() => parseDeb822(text, 'x')).toThrowWithCode('E_CONTROL', message);
    expect(() => parseDeb822(text, 'x')).toThrow(expect.objectContaining({ cure: expect.stringContaining('.gitattributes') }));
  });

  test('says where a field was first', () => {
    expect(() => parseDeb822('A: 1\nB: 2\nA: 3', 'x')).toThrowWithCode('E_CONTROL', /"A" is already on line 1/);
  });

  test('drops comments and blanks on empty lines only in files that people write', () => {
    const text = '# top\nA: 1\n# inside\n  more\n \t\n#\nB: 2\n';
    const paragraphs = parseDeb822(text, 'x', { handwritten: true });
    expect(paragraphs.map((paragraph) => paragraph.fields)).toEqual([
      [{ name: 'A', value: '1\n more', line: 2 }],
      [{ name: 'B', value: '2', line: 7 }],
    ]);
    expect(placeOf('A: 1\n # no comment\n#c\n B', { handwritten: true })).toBe('nothing thrown');
  });

  test('counts lines from the first line it was told', () => {
    expect(parseDeb822('A: 1\nB: 2', 'x', { firstLine: 4 })[0]?.line('B')).toBe(5);
    expect(placeOf('A: 1\nB', { firstLine: 4 })).toMatchObject({ line: 5 });
  });

  test('gives back what was written, for any fields', () => {
    const name = fc.stringMatching(/^[!-,.-9;-~"][!-9;-~]{0,8}$/).filter((text) => !text.startsWith('#'));
    const line = fc.stringMatching(/^[!-~]([ -~]{0,10}[!-~])?$/);
    const field = fc.tuple(name, fc.array(line, { minLength: 1, maxLength: 3 }));
    fc.assert(
      fc.property(fc.uniqueArray(field, { selector: ([key]) => key.toLowerCase(), minLength: 1, maxLength: 5 }), (fields) => {
        const text = fields.map(([key, lines]) => `${key}: ${lines.join('\n ')}\n`).join('');
        expect(parseDeb822(text, 'x')[0]?.fields.map(({ name: key, value }) => [key, value.split('\n')])).toEqual(fields);
      }),
    );
  });

  test('never fails otherwise than with E_CONTROL', () => {
    const text = fc
      .array(fc.constantFrom('A', ':', ' ', '\n', '\t', '#', '-', '\0', '\r', 'é', 'b: 1\n'), { maxLength: 30 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(
        text,
        fc.boolean(),
        (input, handwritten) =>
          placeOf(input, { handwritten }) === 'nothing thrown' ||
          expect(placeOf(input, { handwritten })).toHaveProperty('line') === undefined,
      ),
    );
  });

  test('reads 200 000 fields in time', () => {
    const text = Array.from({ length: 200_000 }, (_, index) => `F${index}: x\n`).join('');
    const started = performance.now();
    expect(parseDeb822(text, 'x')[0]?.get('f199999')).toBe('x');
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});
