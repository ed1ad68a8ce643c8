import type { Anchor } from '../source-tree.ts';
import type { TextPlace } from '../text-pool.ts';
import { holdsWord } from './citation.ts';
import { citedWords } from './control-place.ts';
import { textFileOf } from './installed-place.ts';
import { countedPlace } from './patched-line.ts';
import type { Finder, Subject } from './subject.ts';

/** What is read in many languages or only tells of changes: a misspelling there is not the one that is meant. */
const asides = /(?:^|\/)(?:change[^/]*|news[^/]*|history[^/]*|[^/]*\.(?:po|pot|gmo|patch|diff|html?))$|^debian\//i;
/** What nothing is compiled from. */
const documents =
  /(?:^|\/)(?:readme[^/]*|[^/]*\.(?:md|rst|txt|pod|adoc|[1-9]|[1-9]\.in|xml|texi|info|css))$|(?:^|\/)(?:docs?|man|tests?)\//i;

/** The one line of the tree that holds the misspelt text of a program, best inside quotes; where there are several, the first, as a hint. */
export const spelledCode: Finder = async (subject) => {
  const [word] = citedWords(subject.hint.note);
  if (word === undefined) return undefined;
  const places = await placesOf(subject, word, (path) => !documents.test(path));
  const quoted: TextPlace[] = [];
  for (const place of places.slice(0, mostRead)) {
    const text = (await subject.tree.lines(place.path))?.[place.line - 1] ?? '';
    if (isQuoted(text, word)) quoted.push(place);
  }
  return told(quoted.length > 0 ? quoted : places);
};

/** The same for a text that people read: what is compiled does not count. */
export const spelledDocument: Finder = async (subject) => {
  const [word] = citedWords(subject.hint.note);
  return word === undefined ? undefined : told(await placesOf(subject, word, (path) => documents.test(path)));
};

const mostPlaces = 200;
const mostRead = 20;

async function placesOf({ tree }: Subject, word: string, counts: (path: string) => boolean): Promise<readonly TextPlace[]> {
  return (await tree.occurrences(word, mostPlaces)).filter(({ path }) => !asides.test(path) && counts(path));
}

/** Behind an odd number of quotes. */
function isQuoted(text: string, word: string): boolean {
  return text.slice(0, Math.max(0, text.indexOf(word))).split('"').length % 2 === 0;
}

function told(places: readonly TextPlace[]): Anchor | undefined {
  const [first] = places;
  if (first === undefined) return undefined;
  if (places.length === 1) return { ...first, exact: true, reason: 'only this line of the source holds the misspelt text' };
  const count = places.length === mostPlaces ? 'many' : places.length;
  return { ...first, exact: false, reason: `${count} lines of the source hold the misspelt text, this one first` };
}

/** The line of the installed file's source that holds the word; lintian's own count, where it has one, says which of several. */
export const spelledContent: Finder = async (subject) => {
  const file = await textFileOf(subject);
  const lines = file === undefined ? undefined : await subject.tree.lines(file.path);
  const [word] = citedWords(subject.hint.note);
  if (file === undefined || lines === undefined) return undefined;
  const { path, copied } = file;
  const counted = subject.pointer?.line;
  const found = word === undefined ? [] : lines.flatMap((text, index) => (holdsWord(text, word) ? [index + 1] : []));
  // Patches that are not applied yet move lines a little: the nearest one is meant.
  const [line] = counted === undefined ? found : found.toSorted((a, b) => Math.abs(a - counted) - Math.abs(b - counted));
  if (line !== undefined) return { path, line, exact: true, reason: 'this line holds the misspelt text' };
  return counted === undefined || !copied ? undefined : countedPlace(subject.tree, path, counted, 'lintian names this line');
};
