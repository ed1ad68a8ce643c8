const nothing = new Uint8Array();

/**
 * 1 for each line of Markdown's fenced code, with the fences. What is shown there is no footer, although it may look like
 * one. A fence that never ends is none, so that it hides nothing.
 */
export function fencedLines(lines: readonly string[]): Uint8Array {
  let fenced: Uint8Array | undefined;
  let start: { readonly line: number; readonly mark: string } | undefined;
  for (let line = 0; line < lines.length; line += 1) {
    const text = lines[line] ?? '';
    const mark = mayBeFence(text.charCodeAt(0)) ? /^ {0,3}(```|~~~)/.exec(text)?.[1] : undefined;
    if (mark === undefined) continue;
    if (start === undefined) {
      start = { line, mark };
    } else if (mark === start.mark) {
      fenced ??= new Uint8Array(lines.length);
      fenced.fill(1, start.line, line + 1);
      start = undefined;
    }
  }
  return fenced ?? nothing;
}

/** A blank, a grave accent or a tilde; nearly all lines begin with something else. */
function mayBeFence(first: number): boolean {
  return first === 0x20 || first === 0x60 || first === 0x7e;
}
