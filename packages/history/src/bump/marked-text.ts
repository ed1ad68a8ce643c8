import type { Located, LocateRequest, VersionSpot } from './located.ts';

/** Lines of the text: offsets without the line end. */
interface Line {
  readonly start: number;
  readonly end: number;
}

/** A comment of the usual languages that holds nothing but the mark; a backtick before it makes it an example. */
const mark = /(?<![`!-])(?:<!--|\/\/|\/\*|#|--|;|\.\.)[ \t]*x-release-version(-start|-end)?(?=[ \t]*(?:-->|\*\/|$))/;

/** One version in running text; the kinds of pre-releases are named, else `-1.2.0-amd64.deb` would be one. */
const general = '\\d+\\.\\d+\\.\\d+(?:-(?:alpha|beta|rc|pre|preview|dev)(?:[.-]?\\d+(?:[.-]\\d+)*)?(?![0-9A-Za-z]))?';

/**
 * Versions on lines with the mark `x-release-version` in a comment, and between `x-release-version-start` and
 * `x-release-version-end`. With an expected version only that one counts, whatever else stands there; without, all
 * marked versions must be the same. A mark without a version is an error.
 */
export function locateInMarkedText(text: string, { from, to, fail }: LocateRequest): Located {
  const own: VersionSpot[] = [];
  const pattern = versionPattern(from, to);
  const take = (area: Line, at: number): void => {
    const found = versionsIn(text, area, pattern).filter(
      ({ start, end }) => from === undefined || [from, to].includes(text.slice(start, end)),
    );
    if (found.length === 0) fail(at, `the mark has no version${from === undefined ? '' : ` ${from}`} beside it`);
    for (const spot of found) own.push(spot);
  };
  let block: { readonly start: number; readonly at: number } | undefined;
  for (const line of linesOf(text)) {
    const shown = text.slice(line.start, line.end);
    if (!shown.includes('x-release-version')) continue;
    const match = mark.exec(shown);
    if (match === null) continue;
    const at = line.start + match.index;
    if (block !== undefined && match[1] !== '-end') fail(at, 'the block of versions before this mark is not closed');
    if (match[1] === '-start') block = { start: line.end, at };
    else if (match[1] === undefined) take(line, at);
    else if (block === undefined) fail(at, 'no block of versions is open here');
    else {
      take({ start: block.start, end: line.start }, block.at);
      block = undefined;
    }
  }
  if (block !== undefined) fail(block.at, 'the block of versions is not closed');
  return { own };
}

function versionPattern(from: string | undefined, to: string): RegExp {
  // First those with a pre-release, the longest before the others: 1.2.0 must not be found inside 1.2.0-nightly.5.
  const known = [from, to].filter((version) => version?.includes('-') === true || version?.includes('+') === true);
  const literal = known.sort((a = '', b = '') => b.length - a.length).map((version = '') => version.replace(/[.+]/g, '\\$&'));
  return new RegExp(`(?<!\\d|\\d\\.)(?:${[...literal, general].join('|')})(?!\\d|\\.\\d)`, 'g');
}

function versionsIn(text: string, { start, end }: Line, pattern: RegExp): readonly VersionSpot[] {
  return [...text.slice(start, end).matchAll(pattern)].map(({ index, 0: version }) => ({
    start: start + index,
    end: start + index + version.length,
    what: 'a marked version',
  }));
}

function* linesOf(text: string): Generator<Line> {
  for (let start = 0; start < text.length; ) {
    const feed = text.indexOf('\n', start);
    const next = feed === -1 ? text.length : feed;
    yield { start, end: text[next - 1] === '\r' && next > start ? next - 1 : next };
    start = next + 1;
  }
}
