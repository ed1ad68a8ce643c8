import { type Place, UserError } from '@release-kit/action/errors';
import { inertLine } from '@release-kit/action/inert';
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLError } from 'yaml';
import { maxConfigBytes } from './limits.ts';
import { syntaxProblem } from './yaml-syntax.ts';

/** Nodes after aliases are expanded: a chain of doubling aliases ends here. */
const maxNodes = 20_000;
const maxDepth = 20;

export interface Spot {
  readonly line: number;
  readonly column: number;
}

/** Plain data read from YAML, with the place of everything. Pointers are JSON pointers (RFC 6901): `/smoke/services/0`. */
export interface YamlTree {
  readonly value: unknown;
  /** Where the value stands. */
  readonly values: ReadonlyMap<string, Spot>;
  /** Where the key of the value stands. */
  readonly keys: ReadonlyMap<string, Spot>;
}

/** `/` and `~` of a key as in a JSON pointer. */
export const pointerPart = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** Reads one YAML 1.2 document (core schema) without tags, merge keys or duplicate keys. Throws E_CONFIG with the place. */
export function readYamlTree(text: string, file: string): YamlTree {
  const lines = new LineCounter();
  const spotAt = (offset: number): Spot => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const fail = (offset: number, problem: string): UserError =>
    new UserError('E_CONFIG', problem, { place: { file, ...spotAt(offset) } satisfies Place });

  if (Buffer.byteLength(text) > maxConfigBytes) throw fail(0, `the file is larger than ${maxConfigBytes / 1024} KiB`);
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: false,
    logLevel: 'error',
  });
  checkSyntax(document, text, fail);
  return collect(document, spotAt, fail);
}

type Fail = (offset: number, problem: string) => UserError;

function checkSyntax(document: Document.Parsed, text: string, fail: Fail): void {
  const told = ({ code, message, pos }: YAMLError): UserError => {
    const { offset, problem } = syntaxProblem({ code, message, offset: pos[0] }, text);
    return fail(offset, problem);
  };
  const [error] = document.errors;
  if (error !== undefined) throw told(error);
  if (document.directives.yaml.version !== '1.2') throw fail(0, 'only YAML 1.2 is read; remove the %YAML line');
  // Tags are reported below, at their own node; what else is left is a directive we do not know.
  const warning = document.warnings.find(({ code }) => code !== 'TAG_RESOLVE_FAILED');
  if (warning !== undefined) throw told(warning);
}

function collect(document: Document.Parsed, spotAt: (offset: number) => Spot, fail: Fail): YamlTree {
  const values = new Map<string, Spot>();
  const keys = new Map<string, Spot>();
  let nodes = 0;

  const read = (node: unknown, pointer: string, depth: number, parentOffset: number): unknown => {
    if (node === null || node === undefined) return null;
    const { range, tag } = node as Node;
    const offset = range?.[0] ?? parentOffset;
    if (!values.has(pointer)) values.set(pointer, spotAt(offset));
    if (++nodes > maxNodes) throw fail(offset, `the file holds more than ${maxNodes} values (aliases count as often as they are used)`);
    if (depth > maxDepth) throw fail(offset, 'the file is nested too deeply');
    if (tag !== undefined)
      throw fail(offset, `tags such as ${inertLine(String(tag).replace('tag:yaml.org,2002:', '!!')).slice(0, 60)} are not allowed`);
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (target === undefined)
        throw fail(
          offset,
          `the alias *${inertLine(node.source).slice(0, 60)} names no anchor before it; a text that starts with * has to be in quotes`,
        );
      return read(target, pointer, depth + 1, offset);
    }
    if (isSeq(node)) return node.items.map((item, index) => read(item, `${pointer}/${index}`, depth + 1, offset));
    if (isMap(node)) return readMap(node.items, pointer, depth, offset);
    return isScalar(node) ? scalar(node.value, offset) : null;
  };

  const readMap = (pairs: readonly { key: unknown; value: unknown }[], pointer: string, depth: number, offset: number): unknown => {
    const entries = new Map<string, unknown>();
    for (const { key, value } of pairs) {
      const at = isScalar(key) ? (key.range?.[0] ?? offset) : offset;
      if (!isScalar(key) || typeof key.value !== 'string') throw fail(at, 'a key must be text; put it in quotes');
      if (key.value === '<<') throw fail(at, 'merge keys (<<) are not allowed; write the keys out');
      if (key.tag !== undefined) throw fail(at, 'tags on keys are not allowed');
      if (entries.has(key.value)) throw fail(at, `the key ${JSON.stringify(inertLine(key.value).slice(0, 60))} is there twice`);
      const child = `${pointer}/${pointerPart(key.value)}`;
      if (!keys.has(child)) keys.set(child, spotAt(at));
      entries.set(key.value, read(value, child, depth + 1, at));
    }
    // fromEntries makes own properties only, so that a key __proto__ is a key like any other.
    return Object.fromEntries(entries);
  };

  const scalar = (value: unknown, offset: number): unknown => {
    if (typeof value === 'number' && !Number.isFinite(value)) throw fail(offset, 'numbers must be finite');
    return value;
  };

  return { value: read(document.contents, '', 0, 0), values, keys };
}
