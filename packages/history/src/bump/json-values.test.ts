import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonValues } from './json-values.ts';

const shape = (text: string, depth: number) => [...jsonValues(text, depth)].map(({ path, string }) => [path, string?.text]);

test('keys and indices lead to a value; what lies deeper is passed over', () => {
  const text = '{"a":[1,{"b":"x"},[]],"c":{"d":{"e":"no","f":[{}]},"g":"}"},"":null}';
  expect(shape(text, 3)).toEqual([
    [['a', '0'], undefined],
    [['a', '1', 'b'], 'x'],
    [['c', 'd', 'e'], 'no'],
    [['c', 'g'], '}'],
    [[''], undefined],
  ]);
  expect(shape(text, 2).map(([path]) => path)).toEqual([['a', '0'], ['c', 'g'], ['']]);
  expect(shape(text, 1).map(([path]) => path)).toEqual([['']]);
});

test('escapes are read; offsets are of the text as it stands', () => {
  const text = '\ufeff {"\\u0061\\"" : "\\u00e9\\\\"}';
  const [value] = [...jsonValues(text, 1)];
  expect(value).toMatchObject({ path: ['a"'], string: { text: 'é\\', raw: '\\u00e9\\\\' } });
  expect(text.slice(value?.start, value?.end)).toBe('"\\u00e9\\\\"');
});

/** All scalars by JSON.parse. */
function* scalars(value: unknown, path: readonly string[]): Generator<readonly [readonly string[], string | undefined]> {
  if (typeof value !== 'object' || value === null) yield [path, typeof value === 'string' ? value : undefined];
  else for (const [key, item] of Object.entries(value)) yield* scalars(item, [...path, key]);
}

test('of any JSON the same scalars are found as by JSON.parse, down to any depth', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 2, 9), fc.constantFrom(undefined, 1, '\t'), (value, depth, indent) => {
      const text = JSON.stringify(value, null, indent);
      const expected = [...scalars(JSON.parse(text), [])].filter(([path]) => path.length <= depth);
      expect(shape(text, depth)).toEqual(expected);
    }),
  );
});

test('a MiB of brackets is read once', () => {
  expect([...jsonValues('['.repeat(2 ** 19) + ']'.repeat(2 ** 19), 4)]).toEqual([]);
});
