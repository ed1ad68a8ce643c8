export interface Spot {
  /** Both count from 1; columns are UTF-16 units. */
  readonly line: number;
  readonly column: number;
}

/** Where these offsets are, in one pass over the text; `offsets` must be sorted. */
export function spotsOf(text: string, offsets: readonly number[]): readonly Spot[] {
  let line = 1;
  let lineStart = text.startsWith('\ufeff') ? 1 : 0;
  let next = text.indexOf('\n');
  return offsets.map((offset) => {
    while (next !== -1 && next < offset) {
      line += 1;
      lineStart = next + 1;
      next = text.indexOf('\n', lineStart);
    }
    return { line, column: Math.max(0, offset - lineStart) + 1 };
  });
}

/** The text with each piece replaced; `edits` must be sorted and apart from each other. */
export function edited(text: string, edits: readonly { readonly start: number; readonly end: number; readonly text: string }[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of edits) {
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  return [...parts, text.slice(at)].join('');
}
