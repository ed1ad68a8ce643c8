import { type Place, UserError } from '@release-kit/action';
import type { PastFinding } from './lint-result.ts';
import { keyOf, stableText } from './past-finding.ts';

/** A finding that a repository knows of, as often as it may be there in each checked file. */
export interface BaselineEntry {
  readonly past: PastFinding;
  readonly count: number;
  /** Where it stands in the file. */
  readonly place: Place;
  /** What somebody wrote above it, each line with its `#`. */
  readonly comments: readonly string[];
}

const header = `# Known findings of lintian: they do not count as new. Written by release-kit lint --update-baseline, which keeps comments
# that stand right above a line and drops lines whose finding is gone.
# One finding a line: PACKAGE [TYPE]: TAG CONTEXT, with "2 times" in front when there are two of it.
# <n>, <version>, <triplet>, <hash> and <build> stand for what moves by itself.
`;

const grammar =
  /^(?:([1-9]\d{0,5}) times )?([^\s:]{1,300})(?: (source|udeb|changes|buildinfo))?: ([A-Za-z0-9][A-Za-z0-9+._/-]{0,199})(?: (\S.*))?$/;
const longestLine = 2000;

/** Reads a baseline; `file` names it in messages. Throws E_BASELINE with the line. */
export function parseBaseline(text: string, file: string): readonly BaselineEntry[] {
  const entries: BaselineEntry[] = [];
  const seen = new Map<string, number>();
  let comments: string[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const place = { file, line: index + 1 };
    const line = raw.replace(/\s+$/, '');
    if (line.startsWith('#')) comments.push(line);
    else if (line === '') comments = [];
    else {
      const { past, count } = readEntry(line, place);
      const key = keyOf(past);
      const first = seen.get(key);
      if (first !== undefined) throw new UserError('E_BASELINE', `the finding stands in line ${first} already`, { place, cure: countCure });
      seen.set(key, place.line);
      entries.push({ past, count, place, comments });
      comments = [];
    }
  }
  return entries;
}

const countCure = 'Keep one of the lines, with "2 times" in front when there are two such findings.';

function readEntry(line: string, place: Place): Pick<BaselineEntry, 'past' | 'count'> {
  const match = line.length > longestLine ? null : grammar.exec(line);
  if (match === null) throw new UserError('E_BASELINE', 'the line is not PACKAGE [TYPE]: TAG CONTEXT', { place });
  const [, count = '1', name = '', type = 'binary', tag = '', context = ''] = match;
  return { past: { package: name, type, tag, context: stableText(context) }, count: Number(count) };
}

/** The text of a baseline: sorted, grouped by package, comments kept. The same entries give the same bytes. */
export function formatBaseline(entries: readonly Pick<BaselineEntry, 'past' | 'count' | 'comments'>[]): string {
  const sorted = entries.toSorted((a, b) => compareTexts(orderOf(a.past), orderOf(b.past)));
  const lines = sorted.flatMap((entry, index) => {
    const before = sorted[index - 1];
    const apart = before !== undefined && before.past.package === entry.past.package && before.past.type === entry.past.type ? [] : [''];
    return [...apart, ...entry.comments, `${entry.count === 1 ? '' : `${entry.count} times `}${pastLine(entry.past)}`];
  });
  return `${header}${lines.map((line) => `${line}\n`).join('')}`;
}

/** `hello source: out-of-date-standards-version <n>` */
export function pastLine(past: PastFinding): string {
  const type = past.type === 'binary' ? '' : ` ${past.type}`;
  return `${past.package}${type}: ${past.tag}${past.context === '' ? '' : ` ${past.context}`}`;
}

function orderOf({ package: name, type, tag, context }: PastFinding): readonly string[] {
  return [name, type, tag, context];
}

/** By code units, which is the same on every machine. */
function compareTexts(a: readonly string[], b: readonly string[]): number {
  for (const [index, text] of a.entries()) {
    const other = b[index] ?? '';
    if (text !== other) return text < other ? -1 : 1;
  }
  return 0;
}
