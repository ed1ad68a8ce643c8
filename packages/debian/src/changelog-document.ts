import { changelogLine, type HeadingLine, type TrailerLine } from './changelog-line.ts';
import { parseDate } from './date.ts';

/**
 * debian/changelog, with every byte of it. Texts hold one character for each byte (Latin-1), line ends as they are: old entries
 * are often in another encoding than new ones.
 */
export interface ChangelogDocument {
  /** What stands before the first entry. */
  readonly head: string;
  /** Newest first. */
  readonly entries: readonly DocumentEntry[];
  /** Settings of editors, or entries in a form that dpkg no longer reads, up to the end. */
  readonly tail: string;
}

export interface DocumentEntry {
  readonly package: string;
  /** As written; maybe not a valid version. */
  readonly version: string;
  readonly distributions: readonly string[];
  /** The level as written, in lower case; '' when there is none. */
  readonly urgency: string;
  /** Its first line, with the line end. */
  readonly heading: string;
  /** Up to the trailer, each with its line end. */
  readonly lines: readonly string[];
  /** undefined for work in progress, and for one that is not well formed, which is among the lines then. */
  readonly trailer: DocumentTrailer | undefined;
  /** What follows the trailer, up to the next entry: mostly a blank line. */
  readonly after: readonly string[];
}

export interface DocumentTrailer {
  /** With its line end. */
  readonly line: string;
  /** `Name <address>`, decoded from UTF-8, else from Latin-1. */
  readonly maintainer: string;
  /** As written. */
  readonly date: string;
  /** Seconds since 1970; undefined when the date is not valid. */
  readonly timestamp: number | undefined;
}

/** Reads any bytes, by dpkg's own rules where they are a changelog; `changelogBytes` gives the same bytes back. Never throws. */
export function readChangelog(bytes: Uint8Array): ChangelogDocument {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const head: string[] = [];
  const entries: OpenEntry[] = [];
  let open: OpenEntry | undefined;
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start) + 1 || text.length;
    const raw = text.slice(start, end);
    const line = changelogLine(raw.endsWith('\n') ? raw.slice(0, -1) : raw);
    if (line.kind === 'settings' || line.kind === 'ancient')
      return { head: head.join(''), entries: entries.map(closed), tail: text.slice(start) };
    if (line.kind === 'heading') {
      open = { line, heading: raw, lines: [], trailer: undefined, after: [] };
      entries.push(open);
    } else if (open === undefined) head.push(raw);
    else if (open.trailer !== undefined) open.after.push(raw);
    else if (line.kind === 'trailer') open.trailer = { line, raw };
    else open.lines.push(raw);
    start = end;
  }
  return { head: head.join(''), entries: entries.map(closed), tail: '' };
}

/** The bytes of the document. */
export function changelogBytes(document: ChangelogDocument): Uint8Array {
  const entries = document.entries.map(({ heading, lines, trailer, after }) => [heading, ...lines, trailer?.line ?? '', ...after].join(''));
  return Buffer.from([document.head, ...entries, document.tail].join(''), 'latin1');
}

interface OpenEntry {
  readonly line: HeadingLine;
  readonly heading: string;
  readonly lines: string[];
  trailer: { readonly line: TrailerLine; readonly raw: string } | undefined;
  readonly after: string[];
}

function closed({ line, heading, lines, trailer, after }: OpenEntry): DocumentEntry {
  const urgency = /(?:^|,)\s*urgency=\s*([-0-9a-z]+)/i.exec(line.metadata)?.[1]?.toLowerCase() ?? '';
  const { package: name, version, distributions } = line;
  return { package: name, version, distributions, urgency, heading, lines, trailer: trailer && readTrailer(trailer), after };
}

function readTrailer({ line, raw }: { readonly line: TrailerLine; readonly raw: string }): DocumentTrailer {
  return { line: raw, maintainer: textOf(line.maintainer), date: line.date, timestamp: parseDate(line.date) };
}

/** Bytes as people read them: UTF-8, else Latin-1, which older changelogs are in. */
export function textOf(bytes: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return bytes;
  }
}

/** The other way: a text as bytes of UTF-8, one character each. */
export function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
