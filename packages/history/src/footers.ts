import { fencedLines } from './fenced-lines.ts';
import { knownTypes, parseHeader } from './header.ts';

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
 * right after another footer; so a wrapped sentence that happens to begin a line with `BREAKING CHANGE: ` is prose. Its
 * value ends where the next footer begins, at a ruler, or at the next bullet of the list of a squash. Fenced code is
 * part of a value, whatever it looks like.
 */
export function readFooters(lines: readonly string[]): readonly Footer[] {
  const fenced = fencedLines(lines);
  const footers: Footer[] = [];
  let open: { token: string; line: number; first: string } | undefined;
  const close = (end: number): void => {
    if (open !== undefined) footers.push(footer(open.token, open.first, lines, open.line, end));
    open = undefined;
  };
  // The bullets of lists that were there before the footer.
  let bullets = '';
  let afterBlank = true;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line === '') {
      afterBlank = true;
      continue;
    }
    const mayBegin = (afterBlank || open !== undefined) && fenced[index] !== 1 && hasSeparator(line);
    const match = mayBegin ? footerStart.exec(line) : null;
    const token = match === null ? undefined : tokenOf(match);
    if (match !== null && token !== undefined) {
      close(index);
      open = { token, line: index, first: line.slice(match[0].length) };
    }
    const ends = line.startsWith('---') && ruler.test(line);
    if (ends) close(index);
    if (afterBlank && /^[*-] /.test(line)) {
      const bullet = line.startsWith('*') ? '*' : '-';
      if (bullets.includes(bullet) || isSquashed(line)) close(index);
      if (open === undefined && !bullets.includes(bullet)) bullets += bullet;
    }
    afterBlank = ends || isBlank(line);
  }
  close(lines.length);
  return footers;
}

/** What parts the token of a footer from its text; most lines have none of it. */
function hasSeparator(line: string): boolean {
  return line.includes(':') || line.includes('#') || /gh-\d/i.test(line);
}

/** Most lines are told by their first character. */
function isBlank(line: string): boolean {
  const first = line.charCodeAt(0);
  return (first <= 0x20 || first > 0x7f) && line.trim() === '';
}

function isSquashed(line: string): boolean {
  const header = parseHeader(line.slice(2));
  return header !== undefined && knownTypes.has(header.type);
}

/** A breaking token counts in upper case only (item 15); with a hyphen it is a footer nonetheless. */
function tokenOf([, breaking, word, closing]: RegExpExecArray): string | undefined {
  if (breaking === undefined) return word ?? closing;
  return isBreaking(breaking) || breaking.includes('-') ? breaking : undefined;
}

/** The footer whose first line is `line`, with `first` after its separator; `end` is the first line after it. */
export function footer(token: string, first: string, lines: readonly string[], line: number, end: number): Footer {
  if (end === line + 1) {
    const text = first.trim();
    return { token, text, value: text, line };
  }
  let folded = line + 1;
  while (folded < end && isFolded(lines[folded] ?? '')) folded += 1;
  const text = [first, ...lines.slice(line + 1, folded)].map((part) => part.trim()).join(' ');
  return { token, text: text.trim(), value: [first, ...lines.slice(line + 1, end)].join('\n').trim(), line };
}

/** It goes on with the line before it. */
export function isFolded(line: string): boolean {
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
