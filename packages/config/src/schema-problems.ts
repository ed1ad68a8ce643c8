import { inertLine } from '@release-kit/action/inert';
import { nearest } from '@release-kit/action/nearest';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { architectureNames, unknownArchitecture } from './architecture.ts';
import { configSchema } from './schema.ts';
import { pointerPart, type Spot, type YamlTree } from './yaml-tree.ts';

export interface Problem {
  readonly spot: Spot;
  readonly text: string;
}

let validate: ValidateFunction | undefined;

/** Takes some milliseconds, so it is done once. */
function compile(): ValidateFunction {
  const ajv = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true, ownProperties: true });
  ajv.addKeyword('patternErrorMessage');
  return ajv.compile(configSchema);
}

/** Checks against the schema; problems in the order of the file, none when the data is right. */
export function schemaProblems(tree: YamlTree): readonly Problem[] {
  validate ??= compile();
  if (validate(tree.value)) return [];
  const errors = (validate.errors ?? []).filter((error, _, all) => error.keyword !== 'propertyNames' && !isToldBetter(error, all));
  const problems = errors.map((error) => problemOf(error, tree));
  return problems.sort((a, b) => a.spot.line - b.spot.line || a.spot.column - b.spot.column);
}

/** One value may break several rules of the schema at once; what says most about it is told, and nothing of it twice. */
function isToldBetter({ keyword, instancePath, data }: ErrorObject, all: readonly ErrorObject[]): boolean {
  const also = (other: string): boolean => all.some((error) => error.keyword === other && error.instancePath === instancePath);
  if (keyword === 'type') return data !== null && also('enum');
  if (keyword === 'enum') return data === null && also('type');
  return keyword === 'pattern' && also('minLength');
}

/** `/smoke/services/0/unit` -> `smoke.services[0].unit` */
export function dottedPath(pointer: string): string {
  const parts = pointer.split('/').slice(1);
  return parts
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part, index) =>
      /^\d+$/.test(part) ? `[${part}]` : /^[A-Za-z_][\w-]*$/.test(part) ? `${index === 0 ? '' : '.'}${part}` : `[${JSON.stringify(part)}]`,
    )
    .join('');
}

const nowhere: Spot = { line: 1, column: 1 };

function problemOf(error: ErrorObject, tree: YamlTree): Problem {
  const pointer = error.instancePath;
  const at = (map: ReadonlyMap<string, Spot>, where: string): Spot => map.get(where) ?? tree.values.get(pointer) ?? nowhere;
  const name = inertLine(dottedPath(pointer)) || 'the file';
  if (error.propertyName !== undefined) {
    return { spot: at(tree.keys, `${pointer}/${pointerPart(error.propertyName)}`), text: keyProblem(error, error.propertyName, name) };
  }
  const params: Readonly<Record<string, unknown>> = error.params;
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      return { spot: at(tree.keys, `${pointer}/${pointerPart(key)}`), text: unknownKey(key, knownKeys(error), name) };
    }
    case 'required':
      return { spot: at(tree.values, pointer), text: `${name} lacks the key ${String(params['missingProperty'])}` };
    default:
      // Nothing has no place of its own: its key has.
      return { spot: at(error.data === null ? tree.keys : tree.values, pointer), text: valueProblem(error, params, name) };
  }
}

function knownKeys(error: ErrorObject): readonly string[] {
  const properties: unknown = error.parentSchema?.['properties'];
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}

function unknownKey(key: string, known: readonly string[], name: string): string {
  const near = nearest(key, known);
  const sections = near === undefined ? sectionsWith(key) : [];
  const hint = near === undefined ? `allowed are ${known.join(', ')}` : `did you mean ${near}?`;
  const home = sections.length === 0 ? '' : `; it is a key of ${sections.join(' and of ')}: is it indented as it should be?`;
  return `${shown(key)} is not a key of ${name}; ${hint}${home}`;
}

/** Where a key that stands in the wrong place would be at home. */
function sectionsWith(key: string): readonly string[] {
  const sections = Object.entries<object>(configSchema.properties).filter(([, schema]) => {
    const properties: unknown = 'properties' in schema ? schema.properties : undefined;
    return typeof properties === 'object' && properties !== null && Object.hasOwn(properties, key);
  });
  return [...(Object.hasOwn(configSchema.properties, key) ? ['the file'] : []), ...sections.map(([section]) => section)];
}

function keyProblem(error: ErrorObject, key: string, name: string): string {
  if (error.keyword === 'enum') return `${name}: ${unknownArchitecture(inertLine(key).slice(0, 60))}`;
  return `the key ${shown(key)} of ${name} must be ${wordsOf(error)}`;
}

function valueProblem(error: ErrorObject, params: Readonly<Record<string, unknown>>, name: string): string {
  const value: unknown = error.data;
  const is = `${name} is ${shown(value)}`;
  switch (error.keyword) {
    case 'enum': {
      const allowed = Array.isArray(error.schema) ? error.schema.map(String) : [];
      if (allowed.join() === architectureNames.join()) return `${name}: ${unknownArchitecture(inertLine(String(value)).slice(0, 60))}`;
      const near = nearest(String(value), allowed);
      return `${is}, but must be one of ${allowed.join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`;
    }
    case 'type':
      return typeProblem(error, value, name);
    case 'pattern':
      return `${is}, but must be ${wordsOf(error)}`;
    case 'minLength':
      return `${name} is an empty text; ${emptied(name)}`;
    case 'minProperties':
      return `${name} says nothing; remove it, or name what it is about`;
    case 'minItems':
      return `${name} is an empty list; remove the key or list something`;
    case 'uniqueItems':
      return `${name} lists the same entry twice (entries ${[params['i'], params['j']]
        .map((index) => Number(index) + 1)
        .sort((a, b) => a - b)
        .join(' and ')})`;
    default:
      return `${name} ${error.message ?? 'is not allowed'}`;
  }
}

function emptied(name: string): string {
  return `remove the ${name.endsWith(']') ? 'entry' : 'key'} or give it a value`;
}

function typeProblem(error: ErrorObject, value: unknown, name: string): string {
  if (value === null) return `${name} is empty; ${emptied(name)}`;
  if (name.endsWith('.mode')) return `${name} is a number to YAML; quote it, such as mode: "0640"`;
  const wanted: unknown = error.schema;
  const types = (Array.isArray(wanted) ? wanted : [wanted]).map((type) => typeWords[String(type)] ?? String(type)).join(' or ');
  const is = `${name} is ${shown(value)}, but must be`;
  if (wanted === 'string') return `${is} ${textProblem(error, value)}`;
  if (wanted === 'array') return `${is} ${types}${listHint(error, value)}`;
  const keys = wanted === 'object' ? knownKeys(error) : [];
  return `${is} ${types}${keys.length === 0 ? '' : `; known are ${keys.join(', ')}`}`;
}

function textProblem(error: ErrorObject, value: unknown): string {
  if (typeof value === 'object') return Array.isArray(value) ? 'text' : 'text; one that holds ": " has to be in quotes';
  const pattern: unknown = error.parentSchema?.['pattern'];
  const quoted = typeof pattern !== 'string' || new RegExp(pattern, 'u').test(String(value));
  return quoted ? 'text; put it in quotes' : wordsOf(error);
}

function listHint(error: ErrorObject, value: unknown): string {
  const items: unknown = error.parentSchema?.['items'];
  const ofText = typeof items === 'object' && items !== null && 'type' in items && items.type === 'string';
  return ofText && typeof value === 'string' ? `; write [${shown(value)}]` : '';
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'a map of keys and values',
  boolean: 'true or false',
  integer: 'a whole number',
};

function wordsOf(error: ErrorObject): string {
  return String(error.parentSchema?.['patternErrorMessage'] ?? `like ${String(error.schema)}`);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a map';
  return JSON.stringify(typeof value === 'string' ? inertLine(value.slice(0, 80)) : value);
}
