import type { CommitOddity } from './commit-warning.ts';
import { fencedLines } from './fenced-lines.ts';
import { ruler } from './footers.ts';

/** Line of the body, from 0; column of that line, from 1. */
type Report = (oddity: CommitOddity, line: number, column?: number) => void;

// The words at the begin of a line, maybe marked up, with something after them that makes them look like a footer.
const breakingLike = /^([\s>#*_`~-]{0,12})(BREAKING(?:[ _-]?CHANGES?)?)[*_`~]{0,3}(?::|\s{0,3}$|\s{1,3}(?:[-–—:] ?|#\d))/i;
const breakingFooter = /^BREAKING[ -]CHANGE: /;
const footerLike = /^(?:(?:co|signed|reviewed|acked|tested|reported|helped)[ _-]?(?:authored|off)?[ _-]?by|release[ _-]?as) {0,3}:/i;
const releaseAsLike = /^release[ _-]?as[ =]{1,3}v?\d/i;
const breakingBullet = /^[*-] [A-Za-z][A-Za-z0-9_-]{0,40}(?:\([^()]{0,100}\))?!: /;

/**
 * Finds lines of a body that look like footers and are none.
 *
 * @param footers lines that are
 * @param isBreaking whether the commit is known to break something
 */
export function bodyOddities(lines: readonly string[], footers: ReadonlySet<number>, isBreaking: boolean, report: Report): void {
  const fenced = fencedLines(lines);
  let position: 'start' | 'text' = 'start';
  for (let line = 0; line < lines.length; line += 1) {
    const text = lines[line] ?? '';
    if (fenced[line] === 1) continue;
    if (text === '' || footers.has(line)) {
      position = 'start';
      continue;
    }
    // Nearly all lines are told by their first character.
    const first = text.charCodeAt(0) | 0x20;
    if (mayBreak(first)) {
      const oddity = breakingOddity(text, position === 'start');
      if (oddity !== undefined) report(oddity.oddity, line, oddity.column);
      else if (!isBreaking && breakingBullet.test(text)) report('breaking-part', line, 3);
    }
    if (mayBeFooter(first) && (footerLike.test(text) || releaseAsLike.test(text)))
      report(/^[a-z]+(?:-[a-z]+)+: /i.test(text) ? 'footer-in-prose' : 'footer-spelling', line, 1);
    position = text.trim() === '' || ruler.test(text) ? 'start' : 'text';
  }
}

/** `b`, or what marks a text up: blank, tab, `# * - > _ ~` and a grave accent. */
function mayBreak(lower: number): boolean {
  return lower === 0x62 || lower === 0x20 || lower === 0x29 || lower < 0x30 || lower === 0x3e || lower === 0x60 || lower >= 0x7e;
}

/** `a c h r s t` */
function mayBeFooter(lower: number): boolean {
  return lower === 0x61 || lower === 0x63 || lower === 0x68 || lower === 0x72 || lower === 0x73 || lower === 0x74;
}

function breakingOddity(text: string, atStart: boolean): { oddity: CommitOddity; column: number } | undefined {
  const [all, markup = '', words = ''] = breakingLike.exec(text) ?? [];
  if (all === undefined) return undefined;
  if (breakingFooter.test(text)) return { oddity: 'breaking-in-prose', column: 1 };
  // A wrapped sentence may well have these words alone on a line, or with a dash after them.
  const isMeant = all.endsWith(':') || markup.includes('#') || (atStart && words === words.toUpperCase());
  if (!isMeant) return undefined;
  return { oddity: /^\s*[*-] /.test(markup) ? 'breaking-in-bullet' : 'breaking-spelling', column: markup.length + 1 };
}
