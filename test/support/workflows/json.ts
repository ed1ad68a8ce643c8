/** Plain data, as YAML and expressions give it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Turns what YAML gave into plain data; `undefined` and what JSON has no word for become null. */
export function toJson(value: unknown): Json {
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, entry]) => entry !== undefined)
        .map(([key, entry]) => [key, toJson(entry)]),
    );
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** A mapping, or an empty one where there is none; anything else is refused. */
export function objectOf(value: Json | undefined, place: string): JsonObject {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw new Error(`${place} is not a mapping`);
  return value;
}

/** One text or a list of texts. */
export function textsOf(value: Json | undefined, place: string): readonly string[] {
  if (value === undefined || value === null) return [];
  const list = isList(value) ? value : [value];
  return list.map((entry) => textOf(entry, place));
}

export function textOf(value: Json | undefined, place: string): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') throw new Error(`${place} is not text`);
  return String(value);
}

/** Values of a mapping as text, null as ''. */
export function textMap(value: Json | undefined, place: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(objectOf(value, place)).map(([key, entry]) => [key, entry === null ? '' : textOf(entry, `${place}.${key}`)]),
  );
}
