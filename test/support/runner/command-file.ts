/**
 * Reads GITHUB_OUTPUT, GITHUB_STATE and GITHUB_ENV as the runner does (actions/runner, FileCommandManager): `name=value`,
 * or `name<<delimiter`, lines, and the delimiter alone on a line. Line ends are LF only, so a CR belongs to the value.
 */
export function parseCommandFile(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const lines = linesOf(text);
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    if (line === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      if (equals === 0) throw new Error(`Invalid format '${line}': the name must not be empty`);
      values.set(line.slice(0, equals), line.slice(equals + 1));
    } else if (heredoc >= 0) {
      const [name, delimiter] = [line.slice(0, heredoc), line.slice(heredoc + 2)];
      if (name === '' || delimiter === '') throw new Error(`Invalid format '${line}': neither name nor delimiter may be empty`);
      values.set(name, heredocValue(lines, delimiter));
    } else {
      throw new Error(`Invalid format '${line}'`);
    }
  }
  return values;
}

function heredocValue(lines: Lines, delimiter: string): string {
  const value: string[] = [];
  for (let line = lines.next(); line !== delimiter; line = lines.next()) {
    if (line === undefined) throw new Error(`Invalid value: matching delimiter not found '${delimiter}'`);
    value.push(line);
  }
  return value.join('\n');
}

interface Lines {
  next(): string | undefined;
}

/** A last line feed ends a line and starts none. */
function linesOf(text: string): Lines {
  const pending = text === '' ? [] : (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  let index = 0;
  return { next: () => pending[index++] };
}

/** GITHUB_PATH: one folder per line; the last one written comes first on PATH. */
export function parsePathFile(text: string): readonly string[] {
  const folders = text.split(/\r?\n/).filter((line) => line !== '');
  return [...new Set(folders.reverse())];
}
