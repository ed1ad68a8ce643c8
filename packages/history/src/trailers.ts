import { type Footer, footer, isFolded } from './footers.ts';

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
    const key = text.includes(':') ? trailerStart.exec(text) : null;
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
