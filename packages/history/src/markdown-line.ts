/** One line of a Markdown file as far as the blocks around it go. */
export interface MarkdownLine {
  /** With its line end, so that all lines joined are the file. */
  readonly text: string;
  /** 1 to 6 for a heading, however it is written. */
  readonly level: number | undefined;
  /** Without the marks of its heading and blanks at both ends. */
  readonly words: string;
  /** Inside of a fence or a comment: nothing in it counts. */
  readonly isInside: boolean;
}

export interface MarkdownText {
  readonly lines: readonly MarkdownLine[];
  /** Ends inside of a fence or a comment. */
  readonly isOpen: boolean;
}

const fence = /^ {0,3}(`{3,}|~{3,})/;

/**
 * Takes a Markdown file apart into lines, enough of CommonMark 0.31 to find headings: ATX and setext, fenced code and comments.
 * Total and linear.
 */
export function markdownText(text: string): MarkdownText {
  const lines: MarkdownLine[] = [];
  let open: { mark: string } | undefined;
  let comment = false;
  for (const whole of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const line = whole.replace(/\r?\n$/, '').replace(/^\ufeff/, '');
    const wasInside = comment || open !== undefined;
    if (comment) comment = !line.includes('-->');
    else if (open !== undefined) open = closes(line, open.mark) ? undefined : open;
    else {
      const mark = fence.exec(line)?.[1];
      if (mark !== undefined && !(mark.startsWith('`') && line.trimStart().slice(mark.length).includes('`'))) open = { mark };
      else comment = opensComment(line);
    }
    const isInside = wasInside || comment || open !== undefined;
    const heading = isInside ? undefined : atx(line);
    lines.push({ text: whole, level: heading?.level, words: heading?.words ?? line.trim(), isInside });
    if (!isInside) underline(lines, line);
  }
  return { lines, isOpen: comment || open !== undefined };
}

function closes(line: string, mark: string): boolean {
  const end = fence.exec(line)?.[1];
  return end?.startsWith(mark) === true && line.trim() === end;
}

/** A comment that begins its own line and does not end on it. */
function opensComment(line: string): boolean {
  const start = /^ {0,3}<!--/.exec(line);
  return start !== null && !line.includes('-->', start[0].length);
}

function atx(line: string): { level: number; words: string } | undefined {
  const match = /^ {0,3}(#{1,6})(?=[ \t]|$)/.exec(line);
  const marks = match?.[1];
  if (match === null || marks === undefined) return undefined;
  const words = line.slice(match[0].length).trim();
  const tail = /#+$/.exec(words.slice(-20))?.[0] ?? '';
  const before = words.slice(0, words.length - tail.length);
  return { level: marks.length, words: tail !== '' && (before === '' || /\s$/.test(before)) ? before.trim() : words };
}

/** A line of `=` or `-` makes the line above it a heading. */
function underline(lines: MarkdownLine[], line: string): void {
  const mark = /^ {0,3}(=+|-+)[ \t]*$/.exec(line)?.[1]?.[0];
  const above = lines.at(-2);
  if (mark === undefined || above === undefined || above.isInside || above.level !== undefined || above.words === '') return;
  lines[lines.length - 2] = { ...above, level: mark === '=' ? 1 : 2 };
}
