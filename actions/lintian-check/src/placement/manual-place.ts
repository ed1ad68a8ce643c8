import { citations, onlyLineHolding } from './citation.ts';
import { content, textFileOf } from './installed-place.ts';
import { countedPlace } from './patched-line.ts';
import { type Finder, firstOf } from './subject.ts';

/**
 * The line of a manual page: that of the pointer, or the one groff counts in the note. The page's source has the same lines when it is
 * only compressed, which is so when its name is the same.
 */
const pageLine: Finder = async (subject) => {
  const { pointer, hint, tree } = subject;
  const file = await textFileOf(subject);
  const lines = file === undefined ? undefined : await tree.lines(file.path);
  if (file === undefined || lines === undefined) return undefined;
  const { path, copied } = file;
  // The pointer of groff's messages counts the messages, not the lines of the page.
  const counted = hint.tag === 'groff-message' ? groffLine(lines, hint.note) : (pointer?.line ?? countedBy(hint.note));
  if (copied && counted !== undefined) return countedPlace(tree, path, counted, `line ${counted} of the manual page comes from here`);
  const cited = onlyLineHolding(lines, citations(hint.note));
  return cited === undefined
    ? undefined
    : { path, line: cited, exact: true, reason: 'this line of the manual page holds what the finding cites' };
};

/** groff counts lines as the page itself says it: below `.lf 2 stdin` comes line 2 of what is called stdin. */
function groffLine(lines: readonly string[], note: string): number | undefined {
  const [, named = '', digits] = /(?:^|:)([^\s:<>]+):([1-9][0-9]{0,8}): /.exec(note) ?? [];
  if (digits === undefined) return countedBy(note);
  let [file, number] = ['', 1];
  for (const [index, text] of lines.entries()) {
    const [, next, name] = /^\.lf\s+([1-9][0-9]{0,8})(?:\s+(\S+))?\s*$/.exec(text) ?? [];
    if (next !== undefined) [file, number] = [name ?? file, Number(next)];
    else if (number++ === Number(digits) && file === named) return index + 1;
  }
  return undefined;
}

/** `29: warning: …`, `an.tmac:<standard input>:29: …`, `line 29: …` */
function countedBy(note: string): number | undefined {
  const digits = /(?:^|\s|<standard input>:|\bline )([1-9][0-9]{0,8}):/.exec(note)?.[1] ?? /\bline ([1-9][0-9]{0,8})\b/.exec(note)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export const manualPage: Finder = firstOf(pageLine, content);
