import { UserError } from '@release-kit/action/errors';
import { type ChangelogHeader, parseChangelogHeader } from './changelog-header.ts';
import { parseDate } from './date.ts';
import { shown } from './shown.ts';

export interface ChangelogEntry {
  readonly package: string;
  readonly version: string;
  /** One or more; `UNRELEASED` for work in progress. */
  readonly distributions: readonly string[];
  /** In lower case, without the words that may follow it. */
  readonly urgency: string;
  readonly binaryOnly: boolean;
  /** The lines of the entry as written, without empty ones at both ends. */
  readonly changes: string;
  /** `Name <address>` */
  readonly maintainer: string;
  /** As written. */
  readonly date: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** Line of the heading, from 1. */
  readonly line: number;
}

export interface ChangelogOptions {
  /** Reads this many entries and leaves the rest unread: what is far down in an old changelog may have any form. */
  readonly newest?: number;
}

/** Reads debian/changelog by deb-changelog(5), newest entry first; at least one. Throws E_CHANGELOG with the place. */
export function parseChangelog(text: string, file: string, options: ChangelogOptions = {}): readonly ChangelogEntry[] {
  const newest = options.newest ?? Number.POSITIVE_INFINITY;
  const entries: ChangelogEntry[] = [];
  let open: OpenEntry | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    if (entries.length >= newest) break;
    const at = index + 1;
    checkCharacters(line, file, at);
    if (/^\s*$/.test(line)) open?.lines.push('');
    else if (open === undefined && isEditorTail(line)) break;
    else if (isIgnored(line)) continue;
    else if (open === undefined) open = { header: parseChangelogHeader(line, file, at), line: at, lines: [] };
    else if (/^[ \t]{2}/.test(line)) open.lines.push(line.trimEnd());
    else if (line.startsWith(' --')) {
      entries.push(closeEntry(open, line, file, at));
      open = undefined;
    } else throw unexpected(open, line, file, at);
  }
  if (open !== undefined)
    throw problem(file, open.line, `the entry of version ${shown(open.header.version)} has no trailer line " -- name <address>  date"`);
  if (entries.length === 0) throw new UserError('E_CHANGELOG', 'the changelog has no entry', { place: { file } });
  return entries;
}

interface OpenEntry {
  readonly header: ChangelogHeader;
  readonly line: number;
  readonly lines: string[];
}

function problem(file: string, line: number, message: string): UserError {
  return new UserError('E_CHANGELOG', message, { place: { file, line } });
}

function checkCharacters(line: string, file: string, at: number): void {
  if (line.includes('\0')) throw problem(file, at, 'the line holds a NUL byte');
  if (line.includes('\r')) throw problem(file, at, 'the line holds a carriage return; Debian files end lines with LF alone');
}

/** Settings of Emacs and Vim end a changelog, as in dpkg. */
function isEditorTail(line: string): boolean {
  return /^(?:;;\s*)?Local variables:/i.test(line) || /^vim:/i.test(line);
}

/** Comments, and keywords of old version control systems, are no part of an entry, as in dpkg. */
function isIgnored(line: string): boolean {
  return line.startsWith('# ') || /^\$\w+:.*\$/.test(line) || /^\/\*.*\*\//.test(line);
}

const trailer = /^ -- ([^<>]*) <([^<>]*)>( +)(.*)$/;

function closeEntry(open: OpenEntry, line: string, file: string, at: number): ChangelogEntry {
  const match = trailer.exec(line.trimEnd());
  if (match === null) throw problem(file, at, `the trailer ${shown(line)} is not " -- name <address>  date"`);
  const [, name = '', address = '', blanks = '', date = ''] = match;
  if (name.trim() === '' || address.trim() === '') throw problem(file, at, 'the trailer lacks the name or the address of the maintainer');
  if (blanks.length !== 2) throw problem(file, at, 'the trailer needs exactly two blanks between the address and the date');
  const timestamp = parseDate(date);
  if (timestamp === undefined)
    throw problem(file, at, `${shown(date)} is not a date such as Sat, 21 Nov 2026 08:24:14 +0000 (from 1970 on)`);
  return { ...open.header, changes: trimLines(open.lines), maintainer: `${name} <${address}>`, date, timestamp, line: open.line };
}

function trimLines(lines: readonly string[]): string {
  const first = lines.findIndex((line) => line !== '');
  const last = lines.findLastIndex((line) => line !== '');
  return first === -1 ? '' : lines.slice(first, last + 1).join('\n');
}

function unexpected(open: OpenEntry, line: string, file: string, at: number): UserError {
  if (/^\w[-+0-9a-z.]* \(/i.test(line)) {
    return problem(file, at, `a new entry starts, but the one on line ${open.line} has no trailer line " -- name <address>  date"`);
  }
  return problem(file, at, `the line ${shown(line)} is neither a change (two blanks first) nor a trailer (" -- name <address>  date")`);
}
