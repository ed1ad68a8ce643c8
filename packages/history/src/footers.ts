/** A footer of Conventional Commits, or a trailer of git. */
export interface Footer {
  readonly token: string;
  /** The rest of its first line, with folded lines (they begin with a blank) joined to it by one blank. */
  readonly text: string;
  /** All its lines joined by line feeds, blanks at both ends removed. */
  readonly value: string;
  /** Of the body, from 0. */
  readonly line: number;
}

// Conventional Commits 1.0.0, items 8 to 12: hyphens for blanks, but for BREAKING CHANGE; then `: ` or ` #`, the latter
// not for breaking ones. git removes blanks at the end of a line, so a breaking footer whose text begins on the next line
// ends in the colon. GitHub's closing words may name another repository's issue.
const footerStart =
  /^(?:(BREAKING[ -]CHANGE):(?: |$)|([A-Za-z][A-Za-z0-9-]{0,60})(?:: | (?=#))|(close[sd]?|fix(?:e[sd])?|resolve[sd]?):? (?=(?:[\w.-]{1,100}\/[\w.-]{1,100}#|GH-)\d))/i;

/** GitHub puts a dashed line between the messages of a squash and the co-authors. */
export const ruler = /^-{3,}$/;

/** A body's lines without carriage returns at their ends. */
export function linesOf(body: string): readonly string[] {
  const lines = body.split('\n');
  return body.includes('\r') ? lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line)) : lines;
}

/**
 * The footers among the lines of a body. A footer begins after a blank line or a ruler, at the start of the body, or
 * right after another footer; so a wrapped sentence that happens to begin a line with `BREAKING CHANGE: ` is prose. Its value ends
 * where the next footer begins, at a ruler, or at the next bullet of a squashed list.
 */
export function readFooters(lines: readonly string[]): readonly Footer[] {
  const footers: Footer[] = [];
  let open: { token: string; line: number; first: string } | undefined;
  const close = (end: number): void => {
    if (open !== undefined) footers.push(footer(open.token, open.first, lines, open.line, end));
    open = undefined;
  };
  let afterBlank = true;
  for (const [index, line] of lines.entries()) {
    if (line === '') {
      afterBlank = true;
      continue;
    }
    const match = afterBlank || open !== undefined ? footerStart.exec(line) : null;
    const token = match === null ? undefined : tokenOf(match);
    if (match !== null && token !== undefined) {
      close(index);
      open = { token, line: index, first: line.slice(match[0].length) };
    }
    const ends = ruler.test(line);
    if (ends || (afterBlank && /^[*-] /.test(line))) close(index);
    afterBlank = ends || line.trim() === '';
  }
  close(lines.length);
  return footers;
}

/** A breaking token counts in upper case only (item 15); with a hyphen it is a footer nonetheless. */
function tokenOf([, breaking, word, closing]: RegExpExecArray): string | undefined {
  if (breaking === undefined) return word ?? closing;
  return isBreaking(breaking) || breaking.includes('-') ? breaking : undefined;
}

function footer(token: string, first: string, lines: readonly string[], line: number, end: number): Footer {
  if (end === line + 1) {
    const text = first.trim();
    return { token, text, value: text, line };
  }
  let folded = line + 1;
  while (folded < end && isFolded(lines[folded] ?? '')) folded += 1;
  const text = [first, ...lines.slice(line + 1, folded)].map((part) => part.trim()).join(' ');
  return { token, text: text.trim(), value: [first, ...lines.slice(line + 1, end)].join('\n').trim(), line };
}

function isFolded(line: string): boolean {
  return /^[ \t]+\S/.test(line);
}

/** The words of breaking footers: `BREAKING CHANGE` or its synonym `BREAKING-CHANGE`, upper case only; undefined without one. */
export function breakingText(footers: readonly Footer[]): string | undefined {
  const texts = footers.filter(({ token }) => isBreaking(token)).map(({ value }) => value);
  return texts.length === 0 ? undefined : texts.join('\n').trim();
}

export function isBreaking(token: string): boolean {
  return token === 'BREAKING CHANGE' || token === 'BREAKING-CHANGE';
}

// What git itself writes marks a paragraph as trailers, even among other lines.
const written = /^(?:Signed-off-by: |\(cherry picked from commit )/;
// git takes blanks before the colon, none after it, and no digits-only rule for the key.
const trailerStart = /^([A-Za-z0-9-]{1,100})[ \t]{0,20}:/;

/**
 * The trailers in the last paragraph of a body, by git's rules (git-interpret-trailers(1)): the paragraph has trailers
 * only, or git itself wrote one of them and they are a quarter of it at least. Lines that begin with `#` are skipped.
 */
export function readTrailers(lines: readonly string[]): readonly Footer[] {
  let end = lines.length;
  while (end > 0 && (lines[end - 1] ?? '').trim() === '') end -= 1;
  let start = end;
  while (start > 0 && (lines[start - 1] ?? '').trim() !== '') start -= 1;
  const trailers: Footer[] = [];
  let count = 0;
  let others = 0;
  let byGit = false;
  let last: 'trailer' | 'other' = 'other';
  for (let line = start; line < end; line += 1) {
    const text = lines[line] ?? '';
    if (text.startsWith('#')) continue;
    const key = trailerStart.exec(text);
    if (/^\s/.test(text)) {
      // Belongs to the line before it.
      if (last === 'other') others += 1;
    } else if (key !== null || written.test(text)) {
      count += 1;
      byGit ||= written.test(text);
      last = 'trailer';
      if (key !== null) trailers.push(footer(key[1] ?? '', text.slice(key[0].length), lines, line, foldedEnd(lines, line, end)));
    } else {
      others += 1;
      last = 'other';
    }
  }
  const isBlock = byGit ? count * 3 >= others : others === 0;
  return isBlock ? trailers : [];
}

function foldedEnd(lines: readonly string[], line: number, end: number): number {
  let next = line + 1;
  while (next < end && isFolded(lines[next] ?? '')) next += 1;
  return next;
}
