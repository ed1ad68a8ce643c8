import { isDeepStrictEqual } from 'node:util';
import { isList, isObject, type Json, type JsonObject, objectOf } from './json.ts';

const mostLegs = 256;

/**
 * The legs of a matrix in GitHub's order: the product of its lists, without what `exclude` names, with what `include` adds to
 * those it fits and, where it fits none, as a leg of its own. Throws when there is nothing to run.
 */
export function expandMatrix(matrix: Json): readonly JsonObject[] {
  const { include, exclude, ...vectors } = objectOf(matrix, 'matrix');
  const originals = product(vectors).filter((leg) => !entries(exclude, 'exclude').some((entry) => fits(leg, entry, Object.keys(entry))));
  const legs = originals.map((leg) => ({ leg, keys: Object.keys(leg) }));
  const own: { leg: JsonObject; keys: readonly string[] }[] = [];
  for (const entry of entries(include, 'include')) {
    // Only lists of the matrix are kept from being changed; what an earlier entry added may be.
    const fitting = legs.filter(({ leg, keys }) =>
      fits(
        leg,
        entry,
        Object.keys(entry).filter((key) => keys.includes(key)),
      ),
    );
    for (const target of fitting) target.leg = { ...target.leg, ...entry };
    if (fitting.length === 0) own.push({ leg: entry, keys: [] });
  }
  const all = [...legs, ...own].map(({ leg }) => leg);
  if (all.length === 0) throw new Error('Matrix must define at least one vector');
  if (all.length > mostLegs) throw new Error(`The matrix has ${all.length} legs, and ${mostLegs} are allowed`);
  return all;
}

/** `(a, b)`, as GitHub shows a leg. */
export function legLabel(leg: JsonObject): string {
  const leaves = (value: Json): readonly string[] => {
    if (isList(value)) return value.flatMap(leaves);
    if (isObject(value)) return Object.values(value).flatMap(leaves);
    return value === null || value === '' ? [] : [String(value)];
  };
  const shown = leaves(leg);
  return shown.length === 0 ? '' : ` (${shown.join(', ')})`;
}

function product(vectors: JsonObject): readonly JsonObject[] {
  const named = Object.entries(vectors);
  if (named.length === 0) return [];
  return named.reduce<readonly JsonObject[]>(
    (legs, [name, values]) => {
      if (!isList(values)) throw new Error(`matrix.${name} is not a list`);
      if (values.length === 0) throw new Error(`Matrix vector '${name}' does not contain any values`);
      return legs.flatMap((leg) => values.map((value) => ({ ...leg, [name]: value })));
    },
    [{}],
  );
}

function entries(value: Json | undefined, name: string): readonly JsonObject[] {
  if (value === undefined || value === null || value === '') return [];
  if (!isList(value)) throw new Error(`matrix.${name} is not a list`);
  return value.map((entry) => objectOf(entry, `matrix.${name}`));
}

function fits(leg: JsonObject, entry: JsonObject, keys: readonly string[]): boolean {
  return keys.every((key) => isDeepStrictEqual(leg[key], entry[key]));
}
