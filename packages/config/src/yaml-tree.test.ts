import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { pointerPart, readYamlTree } from './yaml-tree.ts';

/** Data as a configuration may hold it. */
const data = fc.letrec<{ value: unknown; map: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('map'),
  ),
  map: fc.dictionary(
    fc.string().filter((key) => key !== '<<'),
    tie('value'),
    { maxKeys: 4 },
  ),
})).map;

/** Every value inside, with its pointer. */
function* values(value: unknown, pointer = ''): Generator<string> {
  yield pointer;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) yield* values(child, `${pointer}/${pointerPart(key)}`);
}

describe('a YAML tree', () => {
  test('holds what was written, and knows where everything stands', () => {
    fc.assert(
      fc.property(data, fc.boolean(), (written, flow) => {
        const text = stringify(written, { collectionStyle: flow ? 'flow' : 'block', aliasDuplicateObjects: false });
        const tree = readYamlTree(text, 'f.yml');
        expect(JSON.stringify(tree.value)).toBe(JSON.stringify(written));
        const lines = text.split('\n');
        for (const pointer of values(written)) {
          const spot = tree.values.get(pointer);
          expect(spot === undefined ? undefined : lines[spot.line - 1]).toBeDefined();
        }
      }),
      { numRuns: 500 },
    );
  });

  test('never reaches the prototype', () => {
    const { value } = readYamlTree('__proto__: { polluted: true }\nconstructor: { prototype: { polluted: true } }', 'f.yml');
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
  });

  test('YAML 1.2 words only', () => {
    expect(readYamlTree('[yes, No, on, true, False, ~, null, 0o17, 0640, 1_000, 2001-01-01, 1e3]', 'f.yml').value).toEqual([
      'yes',
      'No',
      'on',
      true,
      false,
      null,
      null,
      15,
      640,
      '1_000',
      '2001-01-01',
      1000,
    ]);
  });
});
