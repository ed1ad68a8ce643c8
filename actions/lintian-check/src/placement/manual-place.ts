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
  const counted = hint.tag === 'groff-message' ? countedBy(hint.note) : (pointer?.line ?? countedBy(hint.note));
  if (copied && counted !== undefined) return countedPlace(tree, path, counted, `line ${counted} of the manual page comes from here`);
  const cited = onlyLineHolding(lines, citations(hint.note));
  return cited === undefined
    ? undefined
    : { path, line: cited, exact: true, reason: 'this line of the manual page holds what the finding cites' };
};

/** `29: warning: …`, `an.tmac:<standard input>:29: …`, `line 29: …` */
function countedBy(note: string): number | undefined {
  const digits = /(?:^|\s|<standard input>:|\bline )([1-9][0-9]{0,8}):/.exec(note)?.[1] ?? /\bline ([1-9][0-9]{0,8})\b/.exec(note)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export const manualPage: Finder = firstOf(pageLine, content);
