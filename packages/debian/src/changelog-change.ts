import { columnsOf } from '@release-kit/action/display-width';
import { UserError } from '@release-kit/action/errors';
import { inertLine, inertText } from '@release-kit/action/inert';

/** One change of a new entry; texts may be a stranger's. */
export interface NewChange {
  /** Becomes a bullet; its lines are wrapped, and those that start with `- ` are bullets below it. */
  readonly text: string;
  /** Who made it; undefined for whoever signs the entry. */
  readonly author?: string | undefined;
  /** Numbers of Debian's bug tracker; nothing in the text closes any. */
  readonly closes?: readonly number[];
}

/** Changes of one author, as lines of an entry. */
export interface AuthorChanges {
  readonly author: string;
  readonly lines: readonly string[];
}

/** lintian's debian-changelog-line-too-long. */
const width = 80;
/** What a change may have of a text, in characters: a changelog is no place for more. */
const longestText = 4000;
/** A word is left whole up to this many columns, as addresses of pages must be. */
const longestWord = 400;

/**
 * Bullets of the changes, by author in the order of their first change, each line of at most 80 columns (words without a blank apart).
 * Whatever the texts hold, every line starts with two blanks, so that none is a heading or a trailer, and no text closes a bug.
 * Changes without any text are left out. Throws E_CHANGELOG for a number that is no bug.
 */
export function groupChanges(changes: readonly (string | NewChange)[], signer: string): readonly AuthorChanges[] {
  const groups = new Map<string, string[]>();
  for (const change of changes) {
    const { text, author, closes = [] } = typeof change === 'string' ? { text: change } : change;
    const lines = bullet(text, closes);
    if (lines.length === 0) continue;
    const name = authorName(author) ?? authorName(signer) ?? 'unknown';
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [...lines]);
    else for (const line of lines) group.push(line);
  }
  return [...groups].map(([author, lines]) => ({ author, lines }));
}

/** `  [ Ada Builder ]`, as dch writes it above the changes of each of several authors. */
export function authorHeading(author: string): string {
  return `  [ ${author} ]`;
}

function bullet(text: string, closes: readonly number[]): readonly string[] {
  const paragraphs = closingNothing(inertText(cutText(text)))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const last = paragraphs.pop();
  if (last === undefined) return [];
  return [...paragraphs, `${last}${closing(closes)}`].flatMap((line, index) => {
    if (index === 0) return wrap(line, '  * ', '    ');
    const below = /^[-*+] +(?=\S)/.exec(line);
    return below === null ? wrap(line, '    ', '    ') : wrap(line.slice(below[0].length), '    - ', '      ');
  });
}

function cutText(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** dpkg looks for `Closes: 123` everywhere in an entry, and on Ubuntu for `LP: #123`; without the colon it is only a word. Blanks are one when lines are wrapped. */
function closingNothing(text: string): string {
  return text.replace(/(closes|lp):(?=\s*(?:bug\s*)?(?:#\s*)?\p{Nd})/giu, '$1');
}

function closing(numbers: readonly number[]): string {
  const wrong = numbers.find((number) => !Number.isInteger(number) || number < 1 || number > 999_999_999);
  if (wrong !== undefined) throw new UserError('E_CHANGELOG', `${wrong} is not the number of a Debian bug`);
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  return sorted.length === 0 ? '' : ` (Closes: ${sorted.map((number) => `#${number}`).join(', ')})`;
}

function wrap(text: string, first: string, next: string): readonly string[] {
  const room = width - next.length;
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(/[ \t]+/).flatMap((whole) => pieces(whole, room))) {
    const columns = columnsIn(word);
    if (line !== '' && used + 1 + columns > room) {
      lines.push(line);
      line = '';
    }
    used = line === '' ? columns : used + 1 + columns;
    line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((part, index) => {
    const indent = index === 0 ? first : next;
    // A word that comes to stand first must not look like another bullet, or like the name above somebody's changes.
    return `${indent}${indent.trim() === '' && /^[*[]/.test(part) ? '\\' : ''}${part}`;
  });
}

/** Words of scripts without blanks, and words of no sense, in pieces that fit. */
function pieces(word: string, room: number): readonly string[] {
  const columns = columnsIn(word);
  if (columns < room || (columns <= longestWord && !hasWide(word))) return [word];
  const parts: string[] = [];
  let part = '';
  let used = 0;
  for (const character of word) {
    const more = widthOf(character);
    if (used + more >= room) {
      parts.push(part);
      part = '';
      used = 0;
    }
    part += character;
    used += more;
  }
  return [...parts, part];
}

function hasWide(word: string): boolean {
  for (const character of word) if (widthOf(character) === 2) return true;
  return false;
}

function columnsIn(text: string): number {
  let columns = 0;
  for (const character of text) columns += widthOf(character);
  return columns;
}

/** lintian counts characters, a terminal columns: the greater of both. */
function widthOf(character: string): number {
  return character < '\u1100' ? 1 : Math.max(1, columnsOf(character));
}

/** One line that fits between the brackets; undefined when nothing is left. */
function authorName(name: string | undefined): string | undefined {
  const line = inertLine((name ?? '').slice(0, 4 * width))
    .replaceAll('[', '(')
    .replaceAll(']', ')')
    .replace(/\s+/g, ' ')
    .trim();
  if (columnsIn(line) <= width - 6) return line === '' ? undefined : line;
  let fitting = '';
  for (const character of line) {
    if (columnsIn(fitting) + widthOf(character) > width - 7) break;
    fitting += character;
  }
  return `${fitting}…`;
}
