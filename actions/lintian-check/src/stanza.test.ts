import { expect, test } from '@jest/globals';
import { fieldOf, lineHolding, readStanzas, textOf } from './stanza.ts';

test('every field has its line, with comments and mistakes between', () => {
  const stanzas = readStanzas(
    ['# top', 'no field', 'Source: x', 'Build-Depends: a,', '# why', ' b (>= 1),', ' c', '', ' ', 'Package: y', ': z'].concat([
      'Package : w',
    ]),
  );
  expect(stanzas.map(({ line, fields }) => [line, fields.map((field) => [field.name, field.line])])).toEqual([
    [
      3,
      [
        ['Source', 3],
        ['Build-Depends', 4],
      ],
    ],
    [
      10,
      [
        ['Package', 10],
        ['Package', 12],
      ],
    ],
  ]);
  const relations = fieldOf(stanzas[0], 'build-depends');
  expect(relations === undefined ? undefined : lineHolding(relations, (text) => text.includes('b '))).toBe(6);
  expect(textOf(stanzas[1], 'package')).toBe('y');
  expect(fieldOf(undefined, 'x')).toBeUndefined();
});

test('a continuation without a field is passed over', () => expect(readStanzas([' x', '#', '\ty'])).toEqual([]));
