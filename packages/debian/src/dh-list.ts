/** A line of a file that names files for debhelper. */
export interface DhLine {
  /** From 1. */
  readonly line: number;
  /** At least one. */
  readonly words: readonly string[];
  /** Only with dh-exec: the path that the file gets, written behind `=>`. */
  readonly renamed?: string;
}

/**
 * Reads debian/PACKAGE.install and its like (debhelper(7), dh-exec(1)): words between blanks, lines that start with `#` are comments.
 * undefined when the file is a program of its own, whose output counts.
 */
export function parseDhList(lines: readonly string[]): readonly DhLine[] | undefined {
  const [first = ''] = lines;
  const isProgram = first.startsWith('#!');
  const byDhExec = /^#!\s*\/usr\/bin\/(?:env\s+)?dh-exec\b/.test(first);
  if (isProgram && !byDhExec) return undefined;
  return lines.flatMap((text, index) => {
    const words = text.startsWith('#') ? [] : text.split(/\s+/).filter((word) => word !== '');
    const read = byDhExec ? withoutConditions(words) : { words };
    return read.words.length === 0 ? [] : [{ line: index + 1, ...read }];
  });
}

/** dh-exec takes `[architectures]` and `<profiles>` around a line, and `source => target`. */
function withoutConditions(words: readonly string[]): Pick<DhLine, 'words' | 'renamed'> {
  const kept: string[] = [];
  let closing: string | undefined;
  for (const word of words) {
    if (closing === undefined && (word.startsWith('<') || (word.startsWith('[') && isCondition(word, kept)))) {
      closing = word.startsWith('<') ? '>' : ']';
    }
    if (closing === undefined) kept.push(word);
    else if (word.endsWith(closing)) closing = undefined;
  }
  const arrow = kept.indexOf('=>');
  const target = kept[arrow + 1];
  return arrow < 1 || target === undefined ? { words: kept } : { words: kept.slice(0, arrow), renamed: target };
}

/** `[amd64]` begins or ends a line; `[a-z]*.conf` is a pattern. */
function isCondition(word: string, before: readonly string[]): boolean {
  return before.length === 0 ? /^\[[^\]]*\]?$/.test(word) : /^\[!?[a-z0-9-]+\]?$/.test(word);
}
