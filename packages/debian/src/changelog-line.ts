/**
 * What one line of debian/changelog is to dpkg (Dpkg::Changelog::Debian), told without a judgement of the whole. Lines are bytes, one
 * character each, without their line feed: real changelogs hold more than one encoding. Each rule is linear in its line.
 */
export type ChangelogLine =
  | HeadingLine
  | TrailerLine
  | { readonly kind: 'blank' | 'change' }
  /** What dpkg steps over: comments and keywords of old version control systems. */
  | { readonly kind: 'comment' }
  /** Settings of an editor: nothing after them is read. */
  | { readonly kind: 'settings' }
  /** The form of a time before 1996: nothing from here on is read. */
  | { readonly kind: 'ancient' }
  /** Anything else; dpkg warns. */
  | { readonly kind: 'odd' };

export interface HeadingLine {
  readonly kind: 'heading';
  readonly package: string;
  /** As written; maybe not a valid version. */
  readonly version: string;
  /** At least one. */
  readonly distributions: readonly string[];
  /** What follows the semicolon, as written. */
  readonly metadata: string;
}

export interface TrailerLine {
  readonly kind: 'trailer';
  /** `Name <address>`, as bytes. */
  readonly maintainer: string;
  /** As written; maybe not a valid date. */
  readonly date: string;
}

const heading = /^(\w[-+0-9a-z.]*) \(([^() \t]+)\)((?:[ \t\v\f]+[-+0-9a-z.]+)+);(.*)$/is;
const trailerDate = /^ {1,2}((?:\w+,[ \t]*)?\d{1,2}[ \t]+\w+[ \t]+\d{4}[ \t]+\d{1,2}:\d\d:\d\d[ \t]+[-+]\d{4})$/;

/** Total: every line is one of the kinds. */
export function changelogLine(bytes: string): ChangelogLine {
  const line = withoutEnd(bytes);
  if (line === '') return { kind: 'blank' };
  if (/^[ \t\v\f\r]/.test(line)) return indented(line);
  const match = heading.exec(line);
  if (match !== null) {
    const [, name = '', version = '', words = '', metadata = ''] = match;
    const distributions = words.split(/[ \t\v\f]+/).filter((word) => word !== '');
    return { kind: 'heading', package: name, version, distributions, metadata: metadata.trim() };
  }
  if (/^(?:;;[ \t]*)?Local variables:/i.test(line) || /^vim:/i.test(line)) return { kind: 'settings' };
  if (isComment(line)) return { kind: 'comment' };
  return { kind: isAncient(line) ? 'ancient' : 'odd' };
}

function indented(line: string): ChangelogLine {
  const trailer = line.startsWith(' -- ') ? trailerOf(line) : undefined;
  if (trailer !== undefined) return trailer;
  // A trailer that is not well formed is no change either, whatever follows the dashes.
  return { kind: !line.startsWith(' --') && /^[ \t\v\f\r]{2}/.test(line) ? 'change' : 'odd' };
}

function trailerOf(line: string): TrailerLine | undefined {
  const close = line.lastIndexOf('>');
  const open = line.lastIndexOf(' <', close);
  const date = trailerDate.exec(line.slice(close + 1))?.[1];
  if (open < 4 || date === undefined) return undefined;
  return { kind: 'trailer', maintainer: `${line.slice(4, open)} <${line.slice(open + 2, close)}>`, date };
}

function isComment(line: string): boolean {
  if (line.startsWith('# ')) return true;
  if (line.startsWith('/*')) return line.includes('*/', 2);
  return /^\$\w+:.*\$/s.test(line);
}

/** The forms of $ancient_delimiter_re, without its nested repetitions. */
function isAncient(line: string): boolean {
  if (/^(?:\d+:)?\w[\w.+~-]*:?$/.test(line) || /^Old Changelog:$/i.test(line)) return true;
  if (/^\w[-+0-9a-z.]* \([^() \t]+\)/i.test(line)) return true;
  const date = /^\w+[ \t]+\w+[ \t]+\d{1,2}(?: \d{1,2}:\d{1,2}:\d{1,2}[ \t]+(?:\w{1,40}[ \t]+){0,9}|,?[ \t]*)\d{4}[ \t]/.exec(line);
  if (date !== null) return hasAddress(line.slice(date[0].length - 1));
  if (/^Changes from version /i.test(line)) return / to /i.test(line) && line.includes(':');
  if (/^Changes for [\w.+-]+:?$/i.test(line)) return line.includes('-');
  return isOldHeading(line.split(' ', 4));
}

/** Blanks, maybe a name, blanks, an address in brackets. */
function hasAddress(text: string): boolean {
  const open = text.search(/[ \t][<(]/);
  return open !== -1 && Math.max(text.lastIndexOf('>'), text.lastIndexOf(')')) > open;
}

/** `hello-1.3 Debian 4`, `hello 1.3 Debian 4` */
function isOldHeading([first = '', second = '', third = '', fourth = '']: readonly string[]): boolean {
  const isDebian = (word: string) => word.toLowerCase() === 'debian';
  if (isDebian(second) && third !== '') return /^[\w.+-]+-./.test(first);
  return /^[\w.+-]+$/.test(first) && second !== '' && isDebian(third) && fourth !== '';
}

/** Blanks of ASCII alone: the last byte of a letter may be 0xa0. */
function withoutEnd(line: string): string {
  let end = line.length;
  while (end > 0 && ' \t\r\v\f'.includes(line.charAt(end - 1))) end--;
  return line.slice(0, end);
}
