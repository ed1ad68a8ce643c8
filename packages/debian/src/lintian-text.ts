import type { Hint, HintType, LintianReport, Pointer, Severity } from './lintian.ts';

type Code = 'E' | 'W' | 'I' | 'P' | 'C' | 'X' | 'O' | 'M';

const severityOf: Readonly<Record<Code, Severity>> = {
  E: 'error',
  W: 'warning',
  I: 'info',
  P: 'pedantic',
  C: 'classification',
  // One letter replaces another: the severity of experimental, overridden and masked hints is not said.
  X: 'classification',
  O: 'classification',
  M: 'classification',
};

const hintLine = /^([EWIPCXOM]): ([^\s:]+)(?: (binary|udeb|source|changes|buildinfo))?: (\S+)(?: (.*))?$/;
const comment = /^N:(?: (.*))?$/;
// What lintian says, with exit code 0 or not, when it did not look at a file.
const warningSign = /tainted|skipping|no packages selected|cannot |could not |unreadable|not a readable|warning:|error:/i;

/**
 * Reads lintian's report as text: the fallback where JSON is not to be had, since it leaves out which file a hint is about.
 * Takes any text and never throws; what it cannot read is in `notices`, and so is everything that says a file was not checked.
 * Files without hints are not in it at all.
 */
export function parseLintianText(text: string): LintianReport {
  const files = new Map<string, Hint[]>();
  const notices: string[] = [];
  const hintsOf = (name: string, type: HintType): Hint[] => {
    const path = type === 'binary' ? name : `${name} ${type}`;
    const known = files.get(path) ?? [];
    files.set(path, known);
    return known;
  };
  let justification: string[] = [];
  for (const line of text.split('\n').map((each) => each.replace(/\r$/, ''))) {
    const remark = comment.exec(line);
    if (remark !== null) {
      const said = remark[1] ?? '';
      if (warningSign.test(said)) notices.push(line);
      else justification.push(said.trim());
      continue;
    }
    const hint = readHint(line, justification);
    justification = [];
    if (hint !== undefined) hintsOf(hint.package, hint.type).push(hint);
    else if (line.trim() !== '') notices.push(line);
  }
  return { version: undefined, files: [...files].map(([path, hints]) => ({ path, hints })), notices };
}

function readHint(line: string, remarks: readonly string[]): Hint | undefined {
  const match = hintLine.exec(line);
  const code = match?.[1];
  if (match === null || !isCode(code)) return undefined;
  const [, , name = '', type, tag = '', rest = ''] = match;
  const { note, pointer } = splitPointer(rest);
  const justification = remarks.filter((remark) => remark !== '').join(' ');
  return {
    tag,
    package: name,
    type: typeNamed(type),
    severity: severityOf[code],
    experimental: code === 'X',
    overridden: code === 'O',
    masked: code === 'M',
    note,
    ...(code === 'O' && justification !== '' ? { justification } : {}),
    ...(pointer === undefined ? {} : { pointer }),
  };
}

function isCode(text: string | undefined): text is Code {
  return text !== undefined && Object.hasOwn(severityOf, text);
}

function typeNamed(text: string | undefined): HintType {
  return text === 'source' || text === 'changes' || text === 'buildinfo' || text === 'udeb' ? text : 'binary';
}

/** The pointer is the last group in brackets, which must end the line; the brackets inside of it are paired in all sane paths. */
function splitPointer(text: string): { readonly note: string; readonly pointer?: Pointer } {
  const begin = text.endsWith(']') ? beginOfLastGroup(text) : -1;
  if (begin === -1 || (begin > 0 && text[begin - 1] !== ' ')) return { note: text };
  const inside = text.slice(begin + 1, -1);
  const numbered = /:([1-9][0-9]{0,8})$/.exec(inside);
  const path = numbered === null ? inside : inside.slice(0, numbered.index);
  if (path === '') return { note: text };
  return {
    note: text.slice(0, begin).trimEnd(),
    pointer: { path, index: undefined, line: numbered === null ? undefined : Number(numbered[1]) },
  };
}

function beginOfLastGroup(text: string): number {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === ']') depth++;
    else if (text[at] === '[') depth--;
    if (depth === 0) return at;
  }
  return -1;
}
