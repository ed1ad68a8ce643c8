export interface M4Argument {
  /** Without its quotes and the blanks around it. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface M4Call {
  readonly name: string;
  readonly start: number;
  readonly arguments: readonly M4Argument[];
}

type Fail = (offset: number, problem: string) => never;

const pattern = /[ \t\r\n]+|#[^\n]*|([A-Za-z_]\w*)|[\s\S]/y;

/**
 * Calls of these macros outside of quotes and of other calls, in a text for autoconf: quotes are `[` and `]`, comments
 * begin with `#` or `dnl`.
 */
export function m4Calls(text: string, names: ReadonlySet<string>, fail: Fail): readonly M4Call[] {
  const calls: M4Call[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    // What another quotation was chosen for (changequote) cannot be read; the version was told before that.
    if (calls.length > 0 && text[at] === '[' && closing(text, at, text.length) === undefined) break;
    const token = tokenAt(text, at, fail);
    const call = token.word !== undefined && names.has(token.word) && text[token.end] === '(';
    if (!call) {
      at = token.end;
      continue;
    }
    const read = argumentsAt(text, token.end + 1, fail);
    if (read === undefined) return fail(at, `${token.word ?? ''} is not closed`);
    calls.push({ name: token.word ?? '', start: at, arguments: read.found });
    at = read.end;
  }
  return calls;
}

function argumentsAt(text: string, start: number, fail: Fail): { found: M4Argument[]; end: number } | undefined {
  const found: M4Argument[] = [];
  let [depth, at] = [1, start];
  let [from, to] = [-1, -1];
  while (at < text.length) {
    const token = tokenAt(text, at, fail);
    const mark = token.end === at + 1 ? text[at] : undefined;
    depth += mark === '(' ? 1 : mark === ')' ? -1 : 0;
    if (depth === 0 || (mark === ',' && depth === 1)) {
      found.push(unquoted(text, from, to, at));
      [from, to] = [-1, -1];
    } else if (!token.blank) [from, to] = [from === -1 ? at : from, token.end];
    at = token.end;
    if (depth === 0) return { found, end: at };
  }
  return undefined;
}

/** Quotes around the whole of an argument are taken away. */
function unquoted(text: string, from: number, to: number, empty: number): M4Argument {
  if (from === -1) return { text: '', start: empty, end: empty };
  let [start, end] = [from, to];
  // Longer ones are no version: deep quotes would be looked at once for each level.
  while (end - start < 300 && text[start] === '[' && text[end - 1] === ']' && closing(text, start, end) === end) {
    [start, end] = [start + 1, end - 1];
    while (start < end && /\s/.test(text[start] ?? '')) start += 1;
    while (start < end && /\s/.test(text[end - 1] ?? '')) end -= 1;
  }
  return { text: text.slice(start, end), start, end };
}

/** Comments count as blank; a quotation is one token with all it holds. */
function tokenAt(text: string, at: number, fail: Fail): { end: number; word: string | undefined; blank: boolean } {
  if (text[at] === '[') {
    const end = closing(text, at, text.length);
    return end === undefined ? fail(at, 'a quotation is not closed') : { end, word: undefined, blank: false };
  }
  pattern.lastIndex = at;
  const [all = '', word] = pattern.exec(text) ?? [];
  const end = at + all.length;
  if (word === 'dnl') {
    const line = text.indexOf('\n', end);
    return { end: line === -1 ? text.length : line + 1, word: undefined, blank: true };
  }
  return { end, word, blank: /^[\s#]/.test(all) };
}

const bracket = /[[\]]/g;

/** Where the quotation that begins at `start` ends; undefined when that is beyond `limit`. */
function closing(text: string, start: number, limit: number): number | undefined {
  let depth = 0;
  for (bracket.lastIndex = start; ; ) {
    const found = bracket.exec(text)?.[0];
    if (found === undefined || bracket.lastIndex > limit) return undefined;
    depth += found === '[' ? 1 : -1;
    if (depth === 0) return bracket.lastIndex;
  }
}
