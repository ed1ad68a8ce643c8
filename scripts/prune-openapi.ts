/**
 * Cuts GitHub's OpenAPI description down to the operations that the stand-in answers.
 *
 *   npm install --prefix /tmp/openapi @octokit/openapi
 *   node scripts/prune-openapi.ts /tmp/openapi/node_modules/@octokit/openapi
 *
 * Writes test/support/github/openapi.json: operations, the schemas they need, the version of the package. Schemas come
 * out as JSON Schema: OpenAPI 3.0's `nullable` is rewritten, because ajv does not know it (or refuses it without `type`).
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Ids as in GitHub's reference. */
const operations: readonly string[] = [
  'repos/list-releases',
  'repos/create-release',
  'repos/get-release',
  'repos/get-release-by-tag',
  'repos/update-release',
  'repos/delete-release',
  'repos/list-release-assets',
  'repos/upload-release-asset',
  'repos/get-release-asset',
  'repos/delete-release-asset',
  'repos/get-latest-release',
  'repos/update-release-asset',
  'repos/check-immutable-releases',
  'repos/get-repo-rulesets',
  'repos/get-repo-ruleset',
  'repos/get-commit',
  'repos/create-attestation',
  'repos/list-attestations',
  'rate-limit/get',
  'code-scanning/upload-sarif',
  'code-scanning/get-sarif',
  'checks/create',
  'checks/update',
  'checks/list-for-ref',
  'git/get-ref',
  'git/get-tag',
  'git/create-tag',
  'git/delete-ref',
  'git/list-matching-refs',
  'git/create-ref',
  'git/update-ref',
  'git/get-commit',
  'git/create-blob',
  'git/create-tree',
  'git/create-commit',
  'pulls/list',
  'pulls/get',
  'pulls/create',
  'pulls/update',
];

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

/** Texts for people; the check needs none of them. */
const dropped = new Set([
  'description',
  'summary',
  'example',
  'examples',
  'externalDocs',
  'x-github',
  'tags',
  'x-multi-segment',
  'x-github-breaking-changes',
]);

/** In `properties` the keys are names of fields, which may be called "description" as well. */
function schemaOf(value: Json, names = false): Json {
  if (Array.isArray(value)) return value.map((one) => schemaOf(one));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([key]) => names || !dropped.has(key));
  const result = Object.fromEntries(entries.map(([key, one]) => [key, schemaOf(one, key === 'properties' && !names)]));
  return names || result['nullable'] !== true ? result : nullable(result);
}

function nullable({ nullable: _, ...schema }: JsonObject): Json {
  const { type, enum: values } = schema;
  if (typeof type !== 'string') return { anyOf: [schema, { type: 'null' }] };
  return { ...schema, type: [type, 'null'], ...(Array.isArray(values) ? { enum: [...values, null] } : {}) };
}

function follow(root: JsonObject, reference: string): Json {
  let at: Json | undefined = root;
  for (const part of reference.replace(/^#\//, '').split('/')) at = objectOf(at)[part.replaceAll('~1', '/').replaceAll('~0', '~')];
  if (at === undefined) throw new Error(`${reference} leads nowhere`);
  return at;
}

/** Parameters, responses and headers are put in place; schemas stay references and are collected. */
function collect(value: Json, root: JsonObject, schemas: Map<string, Json>): Json {
  if (Array.isArray(value)) return value.map((one) => collect(one, root, schemas));
  if (!isObject(value)) return value;
  const reference = value['$ref'];
  if (typeof reference === 'string' && !reference.startsWith('#/components/schemas/'))
    return collect(schemaOf(follow(root, reference)), root, schemas);
  if (typeof reference === 'string') {
    const name = reference.slice('#/components/schemas/'.length);
    if (!schemas.has(name)) {
      schemas.set(name, null);
      schemas.set(name, collect(schemaOf(follow(root, reference)), root, schemas));
    }
    return { $ref: reference };
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, collect(one, root, schemas)]));
}

function prune(root: JsonObject, version: string): JsonObject {
  const schemas = new Map<string, Json>();
  const kept: JsonObject[] = [];
  for (const [path, methods] of Object.entries(objectOf(root['paths']))) {
    for (const [method, operation] of Object.entries(objectOf(methods))) {
      const { operationId, parameters = [], requestBody = null, responses = {} } = objectOf(operation);
      if (typeof operationId !== 'string' || !operations.includes(operationId)) continue;
      const parts = collect(schemaOf({ parameters, requestBody, responses }), root, schemas);
      kept.push({ id: operationId, method: method.toUpperCase(), path, ...objectOf(parts) });
    }
  }
  const missing = operations.filter((id) => !kept.some((one) => one['id'] === id));
  if (missing.length > 0) throw new Error(`not in this description: ${missing.join(', ')}`);
  kept.sort((a, b) => (String(a['id']) < String(b['id']) ? -1 : 1));
  const sorted = [...schemas].sort(([a], [b]) => (a < b ? -1 : 1));
  return { source: `@octokit/openapi ${version}`, operations: kept, components: { schemas: Object.fromEntries(sorted) } };
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node scripts/prune-openapi.ts <folder of @octokit/openapi>');
const { version } = objectOf(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
const root = objectOf(JSON.parse(await readFile(join(folder, 'generated/api.github.com.json'), 'utf8')));
const text = `${JSON.stringify(prune(root, String(version)), undefined, 1)}\n`;
await writeFile(new URL('../test/support/github/openapi.json', import.meta.url), text);
console.log(`${operations.length} operations, ${Math.round(text.length / 1024)} KiB`);
