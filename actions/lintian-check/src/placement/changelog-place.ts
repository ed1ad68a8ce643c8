import type { Anchor } from '../source-tree.ts';
import { holdsWord } from './citation.ts';
import { type Finder, lineWhere, type Subject } from './subject.ts';

const path = 'debian/changelog';
const heading = /^[A-Za-z0-9][-+0-9a-z.]* \(([^()\s]+)\)/;

/** Parts of the newest entry: first and last line (its trailer), counted from 1. */
async function newestEntry({ tree }: Subject) {
  const lines = await tree.lines(path);
  const first = lineWhere(lines, (text) => heading.test(text));
  if (lines === undefined || first === undefined) return undefined;
  const end = lines.findIndex((text, index) => index >= first && text.startsWith(' --'));
  return { lines, first, trailer: end === -1 ? undefined : end + 1 };
}

/** The heading of the newest entry: version, distribution, urgency. */
export const newestHeading: Finder = async (subject) => {
  const entry = await newestEntry(subject);
  return entry === undefined ? undefined : { path, line: entry.first, exact: true, reason: 'the newest entry says it in its heading' };
};

/** The trailer of the newest entry: maintainer and date. */
export const newestTrailer: Finder = async (subject) => {
  const entry = await newestEntry(subject);
  if (entry === undefined) return undefined;
  const { first, trailer } = entry;
  if (trailer === undefined) return { path, line: first, exact: true, reason: 'the newest entry has no trailer' };
  return { path, line: trailer, exact: true, reason: 'the newest entry ends with who made it, and when' };
};

/** The heading of the entry whose version the note names. */
export const versionInNote: Finder = async ({ hint, tree }) => {
  const lines = await tree.lines(path);
  const words = hint.note.split(/[\s"',()]+/);
  const line = lineWhere(lines, (text) => words.includes(heading.exec(text)?.[1] ?? ' '));
  return line === undefined ? undefined : { path, line, exact: true, reason: 'the entry of this version begins here' };
};

/** The line of the newest entry that holds what the note cites: a number of a bug, a word; a line that the note counts comes first. */
export const newestLineInNote: Finder = async (subject) => {
  const entry = await newestEntry(subject);
  if (entry === undefined) return undefined;
  const { lines, first, trailer = lines.length } = entry;
  const { hint } = subject;
  const note = hint.note.trim();
  const at = (line: number, reason: string): Anchor => ({ path, line, exact: true, reason });
  const counted = Number(/\bline ([1-9][0-9]{0,8})\b/.exec(note)?.[1] ?? 0);
  if (counted >= 1 && counted <= lines.length) return at(counted, 'lintian counts to this line');
  const cited = /^"([^"]+)"/.exec(note)?.[1];
  const bug = /^#?([0-9]+)$/.exec(note)?.[1];
  const words = [bug === undefined ? note : `#${bug}`, ...(cited === undefined ? [] : [cited]), ...(note.match(/[^\s"'#(),]{2,}/g) ?? [])];
  for (const word of words) {
    const index = lines.findIndex((text, line) => line >= first && line < trailer && holdsWord(text, word));
    if (index !== -1) return at(index + 1, 'this line of the newest entry holds the word');
  }
  // For what is about a whole entry, this is its heading.
  return namedLine(subject);
};

/** The line of the installed changelog that lintian points to. */
export const namedLine: Finder = ({ pointer }) => {
  if (pointer?.index !== 'installed' || pointer.line === undefined || !/\/changelog(?:\.Debian)?(?:\.gz)?$/.test(pointer.path))
    return undefined;
  return { path, line: pointer.line, exact: true, reason: 'lintian names this line of the changelog' };
};
