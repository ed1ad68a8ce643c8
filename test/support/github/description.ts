import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

/** One operation of GitHub's description, as scripts/prune-openapi.ts writes it. */
interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: object }[];
  readonly requestBody: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, { readonly schema: { readonly properties?: object } }>>;
  } | null;
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>>;
}

export interface Match {
  readonly id: string;
  readonly path: Readonly<Record<string, string>>;
}

export interface Described {
  readonly match: Match | undefined;
  /** What breaks the description; empty when all is well. */
  readonly problems: readonly string[];
}

interface Description {
  readonly operations: readonly Operation[];
  readonly components: object;
}

const description: Description = JSON.parse(readFileSync(new URL('./openapi.json', import.meta.url), 'utf8'));
// What is no JSON Schema in the description, and what ajv does not know of it, is let through on purpose.
const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, coerceTypes: false });
addFormats.default(ajv);
ajv.addFormat('repo.nwo', true);
ajv.addFormat('binary', true);
ajv.addSchema({ $id: 'github', components: description.components });

const refusalSchema = {
  type: 'object',
  required: ['message', 'documentation_url'],
  properties: { message: { type: 'string' }, documentation_url: { type: 'string' } },
};

const compiled = new Map<object, ValidateFunction>();

function check(schema: object, value: unknown, where: string): string[] {
  const validate =
    compiled.get(schema) ?? ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"github#/components')));
  compiled.set(schema, validate);
  return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${where}${instancePath} ${message}`);
}

/** Finds the operation and checks path, query and body of a request against it. Uploads come with the body left out. */
export function describeRequest(method: string, pathname: string, query: URLSearchParams, body: unknown): Described {
  const found = description.operations
    .flatMap((operation) => {
      const path = operation.method === method ? matchPath(operation.path, pathname) : undefined;
      return path === undefined ? [] : [{ operation, path }];
    })
    // `releases/latest` before `releases/{release_id}`.
    .sort((a, b) => Object.keys(a.path).length - Object.keys(b.path).length)[0];
  if (found !== undefined) {
    const { operation, path } = found;
    return { match: { id: operation.id, path }, problems: requestProblems(operation, path, query, body) };
  }
  return { match: undefined, problems: [`${method} ${pathname} is no operation of the description`] };
}

/** Checks an answer of the stand-in itself: a double that GitHub would not recognise proves nothing. */
export function describeResponse(id: string, status: number, body: unknown): readonly string[] {
  const operation = description.operations.find((one) => one.id === id);
  const response = operation?.responses[String(status)];
  // What any route may say, and the description of few does: limits, permissions, refusals.
  if (response === undefined && status >= 400) return check(refusalSchema, body, `${id} ${status}`);
  if (response === undefined) return [`${id} never answers ${status}`];
  const schema = response.content?.['application/json']?.schema;
  return schema === undefined ? [] : check(schema, body, `${id} ${status}`);
}

function matchPath(template: string, pathname: string): Record<string, string> | undefined {
  const wanted = template.split('/');
  const parts = pathname.split('/');
  // The name of a reference may hold slashes, which need no quoting.
  const isReference = /\/git\/.*\{ref\}$/.test(template) && parts.length > wanted.length;
  const given = isReference ? [...parts.slice(0, wanted.length - 1), parts.slice(wanted.length - 1).join('/')] : parts;
  if (wanted.length !== given.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const found = decodeURIComponent(given[index] ?? '');
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name !== undefined) values[name] = found;
    else if (part !== found) return undefined;
  }
  return values;
}

function requestProblems(operation: Operation, path: Readonly<Record<string, string>>, query: URLSearchParams, body: unknown): string[] {
  const problems: string[] = [];
  for (const parameter of operation.parameters) {
    const text = parameter.in === 'path' ? path[parameter.name] : parameter.in === 'query' ? query.get(parameter.name) : undefined;
    if (text === undefined || text === null) {
      if (parameter.required === true) problems.push(`${operation.id}: ${parameter.name} is missing`);
      continue;
    }
    const isNumber = 'type' in parameter.schema && parameter.schema.type === 'integer';
    problems.push(...check(parameter.schema, isNumber ? Number(text) : text, `${operation.id} ${parameter.name}`));
  }
  const known = new Set(operation.parameters.map(({ name }) => name));
  for (const name of query.keys()) if (!known.has(name)) problems.push(`${operation.id}: the query ${name} is unknown`);
  const schema = operation.requestBody?.content['application/json']?.schema;
  if (schema === undefined) return problems;
  problems.push(...check(schema, body, operation.id));
  // GitHub's schemas allow unknown fields; a misspelt one would be ignored without a word.
  for (const name of Object.keys(typeof body === 'object' && body !== null ? body : {})) {
    if (!Object.hasOwn(schema.properties ?? {}, name)) problems.push(`${operation.id}: the field ${name} is unknown`);
  }
  return problems;
}
