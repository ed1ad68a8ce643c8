export interface CmakeWord {
  readonly text: string;
  /** Of the text, quotes and brackets not included. */
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

export interface CmakeCommand {
  /** Lower case. */
  readonly name: string;
  readonly words: readonly CmakeWord[];
}

type Fail = (offset: number, problem: string) => never;

const pattern = /[ \t\r\n;]+|#(?!\[=*\[)[^\n]*|#?\[(=*)\[|"|([()])|((?:[^\s()#"\\;]|\\[\s\S])+)|[\s\S]/y;

/** The commands of a CMake file with their arguments (cmake-language(7), lists not expanded); nested parentheses count as nothing. */
export function cmakeCommands(text: string, fail: Fail): readonly CmakeCommand[] {
  const commands: CmakeCommand[] = [];
  let words: CmakeWord[] = [];
  let depth = 0;
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    pattern.lastIndex = at;
    const [all = '', equals, parenthesis, bare] = pattern.exec(text) ?? [];
    const start = at + all.length;
    at = start;
    if (equals !== undefined) {
      const end = text.indexOf(`]${equals}]`, start);
      if (end === -1) fail(start - all.length, 'a bracket is not closed');
      at = end + equals.length + 2;
      if (!all.startsWith('#')) words.push({ text: text.slice(start, end), start, end, quoted: true });
    } else if (all === '"') {
      at = quoteEnd(text, start, fail);
      words.push({ text: text.slice(start, at - 1), start, end: at - 1, quoted: true });
    } else if (bare !== undefined) words.push({ text: bare, start: start - bare.length, end: start, quoted: false });
    else if (parenthesis === '(') {
      if (depth === 0) {
        commands.push({ name: (words.at(-1)?.text ?? '').toLowerCase(), words: [] });
        words = [];
      }
      depth += 1;
    } else if (parenthesis === ')' && depth > 0) {
      depth -= 1;
      const command = depth === 0 ? commands.pop() : undefined;
      if (command !== undefined) commands.push({ name: command.name, words });
      if (depth === 0) words = [];
    }
  }
  if (depth > 0) fail(text.length, 'a parenthesis is not closed');
  return commands;
}

const quoteMark = /\\[\s\S]|"/g;

function quoteEnd(text: string, start: number, fail: Fail): number {
  for (quoteMark.lastIndex = start; ; ) {
    const found = quoteMark.exec(text)?.[0];
    if (found === undefined) return fail(start - 1, 'a string is not closed');
    if (found === '"') return quoteMark.lastIndex;
  }
}
