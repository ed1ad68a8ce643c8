import { type AuthorChanges, authorHeading } from './changelog-change.ts';
import { bytesOf, type DocumentEntry } from './changelog-document.ts';
import { entryLines } from './changelog-entry.ts';

/**
 * The lines of an entry in progress as they were written, then new changes. When these are by others than the last lines, both stand below
 * names, as dch does. Texts hold one character for each byte.
 */
export function changesAfter(unfinished: DocumentEntry, changes: readonly AuthorChanges[]): string {
  const added = changes.map(({ author, lines }) => ({ author: bytesOf(author), lines: lines.map(bytesOf) }));
  const written = writtenLines(unfinished);
  if (written.length === 0) return entryLines(added);
  const heading = written.map(authorOf).findLast((author) => author !== undefined);
  const signer = unfinished.trailer === undefined ? undefined : bytesOf(unfinished.trailer.maintainer.replace(/ <[^<>]*>$/, ''));
  const [first] = added;
  const last = heading ?? signer;
  const isSame = last === undefined ? added.length === 1 : first?.author === last;
  const all = added.length > 1 || !isSame;
  // Without a name above them, what is written needs one as soon as others follow.
  const start = heading === undefined && all && last !== undefined ? [authorHeading(last), ...written] : written;
  const groups = added.map(({ author, lines }, index) => (index === 0 && isSame ? lines : ['', authorHeading(author), ...lines]));
  return [...start, ...groups.flat()].join('\n');
}

/** Without line ends, blank lines at both ends, bullets that dch left empty, and a trailer that is not well formed. */
function writtenLines(entry: DocumentEntry): readonly string[] {
  const lines = entry.lines.map((line) => line.replace(/\r?\n$/, '')).filter((line) => !/^ --|^[ \t]*\*[ \t]*$/.test(line));
  const isFull = (line: string) => /[^ \t\r\v\f]/.test(line);
  return lines.slice(Math.max(lines.findIndex(isFull), 0), lines.findLastIndex(isFull) + 1);
}

function authorOf(line: string): string | undefined {
  return /^[ \t]+\[ (.+) \][ \t]*$/.exec(line)?.[1];
}
