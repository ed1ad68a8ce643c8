import { data, Evaluator, type Expr, Lexer, Parser } from '@actions/expressions';
import type { Json, JsonObject } from './json.ts';

type Data = data.ExpressionData;
type Functions = Readonly<Record<string, (...args: readonly Json[]) => Json>>;

/** What an expression sees: contexts by name, and the functions that depend on the place. */
export interface Scope {
  readonly contexts: JsonObject;
  readonly functions?: Functions;
}

/** An expression that GitHub would refuse, or that fails while it is evaluated. */
export class ExpressionProblem extends Error {
  override readonly name = 'ExpressionProblem';
}

const statusFunctions = ['success', 'failure', 'cancelled', 'always'];

/** Evaluates every `${{ }}` in a value, however deep; a text that is nothing but one expression keeps the kind of its value. */
export function evaluateIn(value: Json, scope: Scope): Json {
  if (typeof value === 'string') return evaluateText(value, scope);
  if (Array.isArray(value)) return value.map((entry) => evaluateIn(entry, scope));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [textFrom(evaluateText(key, scope)), evaluateIn(entry, scope)]));
  return value;
}

/** The same as text: null is '', a list or mapping is the word that GitHub shows for it. */
export function textIn(value: Json, scope: Scope): string {
  return textFrom(evaluateIn(value, scope));
}

/**
 * Whether a job or step runs. Without a status function in it a condition means `success() && (…)`. Text around an
 * expression makes a text of the whole, which is always true.
 */
export function conditionHolds(condition: Json | undefined, scope: Scope): boolean {
  const text = condition === undefined || condition === null || condition === '' ? 'success()' : String(condition).trim();
  const parts = partsOf(text);
  const expression = parts.some(({ kind }) => kind === 'expression') ? wholeExpression(parts) : text;
  const tokens = new Lexer(expression).lex().tokens;
  const asksStatus = tokens.some(
    ({ lexeme }, index) => statusFunctions.includes(lexeme.toLowerCase()) && tokens[index + 1]?.lexeme === '(',
  );
  return isTrue(evaluate(asksStatus ? expression : `success() && (${expression})`, scope));
}

export function isTrue(value: Json): boolean {
  return value !== null && value !== false && value !== 0 && value !== '' && !Number.isNaN(value);
}

function evaluateText(text: string, scope: Scope): Json {
  const parts = partsOf(text);
  const [only] = parts;
  if (only?.kind === 'expression' && parts.length === 1) return evaluate(only.text, scope);
  return parts.map(({ kind, text: part }) => (kind === 'text' ? part : textFrom(evaluate(part, scope)))).join('');
}

function evaluate(expression: string, { contexts, functions = {} }: Scope): Json {
  try {
    const definitions = Object.entries(functions).map(([name, call]) => ({
      name,
      minArgs: 0,
      maxArgs: 255,
      call: (...args: Data[]): Data => toData(call(...args.map(fromData))),
    }));
    const tree: Expr = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), definitions).parse();
    const known = toData(contexts);
    if (!(known instanceof data.Dictionary)) throw new Error('contexts are a mapping');
    return fromData(new Evaluator(tree, known, new Map(definitions.map((one) => [one.name.toLowerCase(), one]))).evaluate());
  } catch (error) {
    throw new ExpressionProblem(`${expression.trim()}: ${error instanceof Error ? error.message : Object(error).message}`, {
      cause: error,
    });
  }
}

const toData = (value: Json): Data => JSON.parse(JSON.stringify(value), data.reviver);

function fromData(value: Data): Json {
  // JSON has no NaN and no infinity.
  if (value.kind === data.Kind.Number) return value.value;
  return JSON.parse(JSON.stringify(value, data.replacer));
}

const textFrom = (value: Json): string => toData(value).coerceString();

interface Part {
  readonly kind: 'text' | 'expression';
  readonly text: string;
}

/** Cuts a text at its expressions; `}}` inside quotes ends none. */
function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let rest = text;
  for (let start = rest.indexOf('${{'); start >= 0; start = rest.indexOf('${{')) {
    const end = endOf(rest, start + 3);
    if (start > 0) parts.push({ kind: 'text', text: rest.slice(0, start) });
    parts.push({ kind: 'expression', text: rest.slice(start + 3, end) });
    rest = rest.slice(end + 2);
  }
  if (rest !== '' || parts.length === 0) parts.push({ kind: 'text', text: rest });
  return parts;
}

function endOf(text: string, from: number): number {
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "'") quoted = !quoted;
    else if (!quoted && text.startsWith('}}', at)) return at;
  }
  throw new ExpressionProblem(`${text}: an expression does not end`);
}

/** `${{ a }} && b` is `format('{0} && b', a)` to GitHub. */
function wholeExpression(parts: readonly Part[]): string {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only.text;
  const expressions = parts.filter(({ kind }) => kind === 'expression').map(({ text }) => text);
  let index = -1;
  const pattern = parts.map(({ kind, text }) => {
    if (kind === 'text') return text.replaceAll("'", "''").replaceAll('{', '{{').replaceAll('}', '}}');
    index += 1;
    return `{${index}}`;
  });
  return `format('${pattern.join('')}', ${expressions.join(', ')})`;
}
