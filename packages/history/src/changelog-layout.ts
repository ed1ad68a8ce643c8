import { type MarkdownLine, markdownText } from './markdown-line.ts';

/** Where things are in a CHANGELOG.md; all numbers are indexes of `lines`. */
export interface ChangelogLayout {
  readonly lines: readonly MarkdownLine[];
  /** Ends inside of code or a comment that is never closed. */
  readonly isOpen: boolean;
  /** In the order of the file. */
  readonly sections: readonly ChangelogPart[];
  /** The heading "Unreleased", which has no version. */
  readonly unreleased: ChangelogPart | undefined;
  /** Link references such as `[1.2.0]: https://...`. */
  readonly references: readonly LinkReference[];
  /** Where the block of references at the end begins; the number of lines without one. */
  readonly tail: number;
  /** First line that looks like a release in a file whose releases are no headings; undefined without one. */
  readonly strange: number | undefined;
}

export interface ChangelogPart {
  /** '' of "Unreleased". */
  readonly version: string;
  readonly heading: number;
  readonly level: number;
  /** Of the first line below the heading and its underline. */
  readonly start: number;
  /** Of the first line that belongs to something else. */
  readonly end: number;
}

export interface LinkReference {
  readonly line: number;
  readonly label: string;
  readonly address: string;
}

// `[1.2.0] - 2026-03-01`, `v1.2`, `Version 1.2.0 (2026-03-01)`, `[pkg@1.2.0](address)`, `2026.03 Version 1.2.0`, `2026-03-01 / 1.2.0`; what goes
// on with words is a heading about a version.
const releaseHeading =
  /^(?:\d{4}[-.]\d\d(?:[-.]\d\d)?[\s,/]+)?\[?(?:version\s+|release\s+|[\w@./-]*[@/-])?v?(\d+\.\d+(?:\.\d+)*(?:[-+~][0-9A-Za-z.+~-]*)?)\]?\.?(?:\([^)]*\)|\[[^\]]*\])?\s*(?:$|[-–—([/:,]|\d{4})/i;
const versionLine = /^[\s*_`-]*(?:version\s+)?v?\d+\.\d+\.\d+/i;
const unreleasedHeading = /^\[?unreleased\b/i;
const reference = /^ {0,3}\[([^\]]{1,200})\]:[ \t]*(\S{1,2000})[ \t]*$/;
const anchor = /^<a (?:name|id)=[^>]*>(?:<\/a>)?$/;

/** Finds releases as Keep a Changelog and conventional-changelog write them. Total and linear; nothing inside code or comments counts. */
export function changelogLayout(text: string): ChangelogLayout {
  const { lines, isOpen } = markdownText(text);
  const references: LinkReference[] = [];
  const heads: { version: string; heading: number; level: number }[] = [];
  for (const [index, { words, level, isInside, text: whole }] of lines.entries()) {
    if (isInside) continue;
    const [, label, address] = level === undefined ? (reference.exec(whole.replace(/\r?\n$/, '')) ?? []) : [];
    if (label !== undefined && address !== undefined) references.push({ line: index, label, address });
    if (level === undefined) continue;
    // Emphasis and code around a version are decoration.
    const start = words.slice(0, 300).replace(/[*`]|(?<=\s)_|_$/g, '');
    const version = releaseHeading.exec(start)?.[1] ?? (unreleasedHeading.test(start) ? '' : undefined);
    if (version !== undefined) heads.push({ version, heading: index, level });
  }
  const tail = tailOf(lines, references);
  const isKnown = heads.some(({ version }) => version !== '');
  const unknown = isKnown ? -1 : lines.findIndex(({ text: line, isInside }) => !isInside && versionLine.test(line.slice(0, 100)));
  const ends = endsByHeading(lines);
  const parts = heads.map((head, index): ChangelogPart => {
    const marks = [ends.get(head.heading), heads[index + 1]?.heading, unknown > head.heading ? unknown : undefined];
    const end = Math.min(tail, ...marks.filter((mark) => mark !== undefined));
    return { ...head, start: bodyStart(lines, head.heading), end: Math.max(aboveAnchors(lines, end), head.heading + 1) };
  });
  return {
    lines,
    isOpen,
    sections: parts.filter(({ version }) => version !== ''),
    unreleased: parts.find(({ version }) => version === ''),
    references,
    tail,
    strange: unknown === -1 ? undefined : unknown,
  };
}

/** For each heading the next one that is not below it. */
function endsByHeading(lines: readonly MarkdownLine[]): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: { index: number; level: number }[] = [];
  for (const [index, { level }] of lines.entries()) {
    if (level === undefined) continue;
    for (let last = open.at(-1); last !== undefined && last.level >= level; last = open.at(-1)) {
      ends.set(last.index, index);
      open.pop();
    }
    open.push({ index, level });
  }
  return ends;
}

/** A setext heading has a second line. */
function bodyStart(lines: readonly MarkdownLine[], heading: number): number {
  return /^ {0,3}#/.test(lines[heading]?.text.replace(/^\ufeff/, '') ?? '') ? heading + 1 : heading + 2;
}

/** conventional-changelog has written an anchor above headings: it belongs to the heading. */
export function aboveAnchors(lines: readonly MarkdownLine[], heading: number): number {
  let at = heading;
  while (at > 0 && anchor.test(lines[at - 1]?.words ?? '')) at -= 1;
  return at;
}

function tailOf(lines: readonly MarkdownLine[], references: readonly LinkReference[]): number {
  const own = new Set(references.map(({ line }) => line));
  let tail = lines.length;
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    if (own.has(index)) tail = index;
    else if (lines[index]?.words !== '' || lines[index]?.isInside === true) break;
  }
  return tail;
}
