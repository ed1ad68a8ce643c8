export interface Import {
  /** As written: `node:fs`, `./x.ts`, `@release-kit/debian`. undefined when it is computed at run time. */
  readonly module: string | undefined;
  readonly line: number;
  /** Erased by the compiler. */
  readonly typeOnly: boolean;
  /** By a call: loaded when the call is reached. */
  readonly lazy: boolean;
}

const statement = /(?:^|\n)[ \t]*(import|export)\b([^'"`;]*?\bfrom\s*|\s*)(['"])([^'"\n]+)\3/g;
const call = /(?<!\w)(?<!\.(?=import|require))(import|require|getBuiltinModule)\s*\(\s*(?:(['"])([^'"\n]+)\2\s*[),]|([^)'"]))/g;

/** The imports of a TypeScript module: statements, re-exports, and calls. Comments are left out. */
export function importsOf(source: string): readonly Import[] {
  const text = withoutComments(source);
  const lineAt = (index: number): number => text.slice(0, index).split('\n').length;
  const statements = [...text.matchAll(statement)].map((match) => ({
    module: match[4],
    line: lineAt(match.index + match[0].length),
    typeOnly: /^\s*type\b/.test(match[2] ?? ''),
    lazy: false,
  }));
  // A type in the form import('x').Y is erased as well, but cannot be told from a call without a parser: it counts.
  const calls = [...text.matchAll(call)].map((match) => ({ module: match[3], line: lineAt(match.index), typeOnly: false, lazy: true }));
  return [...statements, ...calls].sort((a, b) => a.line - b.line);
}

/** Blanks texts over several lines (a script that another process runs has its own imports), and comments that start a line or follow a blank, keeping the lines; strings with `//` stay as they are. */
function withoutComments(source: string): string {
  return source
    .replace(/`\n[\s\S]*?\n`/g, (script) => script.replace(/[^\n]/g, ' '))
    .replace(/(^|\s)\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|[\s;{}(),])\/\/[^\n]*/g, (_, before: string) => before);
}
