import { cell, markdownTable } from '@release-kit/action/render';

/** The part of JSON Schema that the schema of the configuration uses. */
interface Node {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly patternErrorMessage?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
}

/** A section of the configuration as a Markdown table: every key with its values, its default and what it is for. Lists end in `[]`. */
export function renderConfigReference(section: Node): string {
  return markdownTable(['Key', 'Value', 'Default', 'What it is for'], rowsOf(section, '', new Map()));
}

/** `told`: where a part that several keys share stands already. */
function rowsOf(node: Node, prefix: string, told: Map<unknown, string>): readonly (readonly string[])[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const key = `${prefix}${name}`;
    const inner = child.items?.properties === undefined ? child : child.items;
    const path = inner === child ? key : `${key}[]`;
    if (inner.properties === undefined) return [rowOf(key, child)];
    const there = told.get(inner.properties);
    if (there !== undefined) return [rowOf(key, child, `As ${there}.`)];
    told.set(inner.properties, path);
    return [rowOf(key, child), ...rowsOf(inner, `${path}.`, told)];
  });
}

function rowOf(key: string, node: Node, more = ''): readonly string[] {
  const examples = node.examples === undefined ? [] : [`Example: \`${exampleText(node.examples[0])}\`.`];
  const text = [cell(node.description ?? ''), cell(more), ...examples].filter((part) => part !== '').join(' ');
  return [`\`${key}\``, cell(valueWords(node)), node.default === undefined ? '' : `\`${exampleText(node.default)}\``, text];
}

function valueWords(node: Node): string {
  if (node.enum !== undefined) return node.enum.map(String).join(', ');
  const types = typeof node.type === 'string' ? [node.type] : (node.type ?? []);
  const words = types.map((type) => (type === 'array' ? `list of ${itemWords(node.items)}` : (typeWords[type] ?? type)));
  const { patternErrorMessage: said } = node;
  return said === undefined || said.length > mostWords || types.length > 1 ? words.join(' or ') : said;
}

/** What is longer makes the column too wide; the description says it as well. */
const mostWords = 60;

const typeWords: Readonly<Record<string, string>> = { object: 'map', string: 'text', boolean: 'true or false', integer: 'number' };

function itemWords(items: Node | undefined): string {
  const type = typeof items?.type === 'string' ? items.type : undefined;
  return type === 'object' ? 'maps' : type === 'integer' ? 'numbers' : 'texts';
}

/** As it is written in YAML. */
function exampleText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(exampleText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${key}: ${exampleText(inner)}`)
    .join(', ')} }`;
}
