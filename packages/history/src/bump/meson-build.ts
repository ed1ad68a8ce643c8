import type { Located, LocateRequest } from './located.ts';

interface Token {
  readonly kind: 'word' | 'string' | 'mark';
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** `project(..., version : '1.2.0')`; the string is on one line (Meson reference, project()). */
export function locateInMesonBuild(text: string, { fail }: LocateRequest): Located {
  const tokens = [...mesonTokens(text, fail)];
  const starts = tokens.flatMap(({ text: word }, index) => (word === 'project' && tokens[index + 1]?.text === '(' ? [index] : []));
  const [start, second] = starts.filter((index) => !['.', '='].includes(tokens[index - 1]?.text ?? ''));
  if (start === undefined) return { own: [] };
  if (second !== undefined) fail(tokens[second]?.start ?? 0, 'project() stands there twice');
  const value = argument(tokens, start + 2);
  const first = tokens[value];
  if (first === undefined) return { own: [] };
  const next = tokens[value + 1]?.text;
  if (first.kind === 'string' && (next === ',' || next === ')') && !first.text.startsWith("'''"))
    return { own: [{ start: first.start + 1, end: first.end - 1, what: 'version of project()' }] };
  const [open, file, close] = tokens.slice(value + 1, value + 4);
  if (first.text === 'files' && open?.text === '(' && file?.kind === 'string' && close?.text === ')')
    return { own: [], remarks: [`the file ${file.text} holds the version`] };
  if (first.text === 'run_command') return { own: [], remarks: ['a command works the version out (run_command)'] };
  return fail(first.start, 'version of project() is no plain string');
}

/** Index of the first token of the argument `version`, from the first inside the parentheses; past the end when there is none. */
function argument(tokens: readonly Token[], start: number): number {
  let depth = 1;
  for (let index = start; index < tokens.length; index += 1) {
    const { text, kind } = tokens[index] ?? { text: '', kind: 'mark' };
    if (kind === 'mark' && '([{'.includes(text)) depth += 1;
    if (kind === 'mark' && ')]}'.includes(text)) depth -= 1;
    if (depth === 0) return tokens.length;
    if (depth === 1 && text === 'version' && kind === 'word' && tokens[index + 1]?.text === ':') return index + 2;
  }
  return tokens.length;
}

const pattern = /[ \t\r\n\\]+|#[^\n]*|([A-Za-z_]\w*)|('''|'(?:[^'\\\n]|\\.)*')|([^\s])/y;

function* mesonTokens(text: string, fail: LocateRequest['fail']): Generator<Token> {
  let at = 0;
  while (at < text.length) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    const [all = text[at] ?? '', word, string, mark] = match ?? [];
    const close = string === "'''" ? text.indexOf("'''", at + 3) : undefined;
    if (close === -1 || mark === "'") fail(at, 'a string is not closed');
    const end = close === undefined ? at + all.length : close + 3;
    if (word !== undefined) yield { kind: 'word', start: at, end, text: word };
    else if (string !== undefined) yield { kind: 'string', start: at, end, text: text.slice(at, end) };
    else if (mark !== undefined) yield { kind: 'mark', start: at, end, text: mark };
    at = end;
  }
}
