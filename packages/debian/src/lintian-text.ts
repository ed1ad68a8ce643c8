import type { Hint, HintType, LintianReport, Severity } from './lintian.ts';
import { splitPointer } from './lintian-pointer.ts';

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

const hintLine = /^([EWIPCXOM]): ([^\s:]+)(?: (binary|udeb|source|changes|buildinfo))?: (\S+)(?: (.*))?$/s;
const comment = /^N:(?: .*)?$/s;
// What lintian says, with exit code 0 or not, when it did not look at a file.
const warningSign = /tainted|skipping|no packages selected|cannot |could not |unreadable|not a readable|warning:|error:/i;

/**
 * Reads lintian's report as text: the fallback where JSON is not to be had, since it leaves out which file a hint is about.
 * Takes any text and never throws. Each line that is neither blank nor a comment is a hint, a notice or unread; so is a comment that
 * says that a file was not checked. Files without hints are not in it at all.
 */
export function parseLintianText(text: string): LintianReport {
  const files = new Map<string, Hint[]>();
  const notices: string[] = [];
  const unread: string[] = [];
  const hintsOf = (name: string, type: HintType): Hint[] => {
    const path = type === 'binary' ? name : `${name} ${type}`;
    const known = files.get(path) ?? [];
    files.set(path, known);
    return known;
  };
  let comments: string[] = [];
  const settle = (): void => {
    notices.push(...comments.filter((line) => warningSign.test(line)));
    comments = [];
  };
  for (const line of text.split('\n').map((each) => each.replace(/\r$/, ''))) {
    if (comment.test(line)) {
      comments.push(line);
      continue;
    }
    const hint = readHint(line, comments);
    // What stands before such a hint are the maintainer's words, whatever they say.
    if (hint?.overridden === true || hint?.masked === true) comments = [];
    else settle();
    if (hint !== undefined) hintsOf(hint.package, hint.type).push(hint);
    else if (line.trim() !== '') (warningSign.test(line) ? notices : unread).push(line);
  }
  settle();
  return { version: undefined, files: [...files].map(([path, hints]) => ({ path, hints })), notices, unread };
}

function readHint(line: string, comments: readonly string[]): Hint | undefined {
  const match = hintLine.exec(line);
  const code = match?.[1];
  if (match === null || !isCode(code)) return undefined;
  const [, , name = '', typeWord, tag = '', rest = ''] = match;
  const type = typeNamed(typeWord);
  const { note, pointer } = splitPointer(rest, type);
  return {
    tag,
    package: name,
    type,
    severity: severityOf[code],
    experimental: code === 'X',
    ...remarksOn(code, comments),
    note,
    ...(pointer === undefined ? {} : { pointer }),
  };
}

function isCode(text: string | undefined): text is Code {
  return text !== undefined && Object.hasOwn(severityOf, text);
}

function typeNamed(text: string | undefined): HintType {
  return text === 'source' || text === 'changes' || text === 'buildinfo' || text === 'udeb' ? text : 'binary';
}

const maskLine = /^N: masked by screen (\S+)$/;

/**
 * What the comments before a hint say of it: first the justification of an override, then what masked it. M replaces O, so a masked hint
 * is known to be overridden as well only where the override has a justification.
 */
function remarksOn(code: Code, comments: readonly string[]): Pick<Hint, 'overridden' | 'masked' | 'screens' | 'justification'> {
  const firstMask = comments.findIndex((line) => maskLine.test(line));
  const before = code === 'M' && firstMask !== -1 ? comments.slice(0, firstMask) : code === 'O' ? comments : [];
  const justification = before
    .map((line) => line.slice('N:'.length).trim())
    .filter((line) => line !== '')
    .join(' ')
    .replace(/\s+/g, ' ');
  const screens = code === 'M' ? comments.flatMap((line) => maskLine.exec(line)?.[1] ?? []) : [];
  return {
    overridden: code === 'O' || justification !== '',
    masked: code === 'M',
    ...(screens.length > 0 ? { screens } : {}),
    ...(justification === '' ? {} : { justification }),
  };
}
