const nothing: ReadonlySet<number> = new Set();

/**
 * The lines of Markdown's fenced code, with the fences, counted from 0. What is shown there is no footer, although it may look
 * like one. A fence that never ends is none, so that it hides nothing.
 */
export function fencedLines(lines: readonly string[]): ReadonlySet<number> {
  let fenced: Set<number> | undefined;
  let start: { readonly line: number; readonly mark: string } | undefined;
  for (const [line, text] of lines.entries()) {
    const mark = /^ {0,3}(```|~~~)/.exec(text)?.[1];
    if (mark === undefined) continue;
    if (start === undefined) {
      start = { line, mark };
    } else if (mark === start.mark) {
      fenced ??= new Set();
      for (let inside = start.line; inside <= line; inside += 1) fenced.add(inside);
      start = undefined;
    }
  }
  return fenced ?? nothing;
}
