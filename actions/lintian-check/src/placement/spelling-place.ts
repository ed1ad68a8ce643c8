import type { Anchor } from '../source-tree.ts';
import { holdsWord } from './citation.ts';
import { citedWords } from './control-place.ts';
import { textFileOf } from './installed-place.ts';
import type { Finder } from './subject.ts';

/** What is read in many languages or only tells of changes: a misspelling there is not the one that was compiled in. */
const asides = /(?:^|\/)(?:change[^/]*|news[^/]*|history[^/]*|[^/]*\.(?:po|pot|gmo|patch|diff|html?))$|^debian\//i;

/** The one line of the tree that holds the misspelt text; where there are several, the first, as a hint. */
export const spelledText: Finder = async (subject) => {
  const [word] = citedWords(subject.hint.note);
  if (word === undefined) return undefined;
  const places = (await subject.tree.occurrences(word, 200)).filter(({ path }) => !asides.test(path));
  const [first] = places;
  if (first === undefined) return undefined;
  if (places.length === 1) return { ...first, exact: true, reason: 'only this line of the source holds the misspelt text' };
  return {
    ...first,
    exact: false,
    reason: `${places.length === 200 ? 'many' : places.length} lines of the source hold the misspelt text, this one first`,
  };
};

/** The line of the installed file's source that holds the word; lintian's own count, where it has one, says which of several. */
export const spelledContent: Finder = async (subject) => {
  const path = await textFileOf(subject);
  const lines = path === undefined ? undefined : await subject.tree.lines(path);
  const [word] = citedWords(subject.hint.note);
  if (path === undefined || lines === undefined) return undefined;
  const counted = subject.pointer?.line;
  const found = word === undefined ? [] : lines.flatMap((text, index) => (holdsWord(text, word) ? [index + 1] : []));
  const anchor = (line: number): Anchor => ({ path, line, exact: true, reason: 'this line holds the misspelt text' });
  const [line] = counted !== undefined && found.includes(counted) ? [counted] : found;
  if (line !== undefined) return anchor(line);
  return counted === undefined ? undefined : { path, line: counted, exact: true, reason: 'lintian names this line' };
};
