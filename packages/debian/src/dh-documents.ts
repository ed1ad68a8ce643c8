import { type DhEntry, entriesOf, lastPart } from './dh-entry.ts';
import type { DhLine } from './dh-list.ts';

/** debian/PACKAGE.docs, dh_installdocs(1): into the folder of documentation of this or of the main package. */
export function docsEntries(lines: readonly DhLine[]): readonly DhEntry[] {
  return everyWord(lines, (source) => `usr/share/doc/*/${lastPart(source)}`);
}

/** debian/PACKAGE.examples, dh_installexamples(1). */
export function examplesEntries(lines: readonly DhLine[]): readonly DhEntry[] {
  return everyWord(lines, (source) => `usr/share/doc/*/examples/${lastPart(source)}`);
}

/** debian/PACKAGE.info, dh_installinfo(1). */
export function infoEntries(lines: readonly DhLine[]): readonly DhEntry[] {
  return everyWord(lines, (source) => `usr/share/info/${lastPart(source)}`);
}

/**
 * debian/PACKAGE.manpages, dh_installman(1): the section is in the name; a language is in the name (`x.de.1`) or in the path
 * (`de/man1/x.1`). Links among the pages, which soelim makes, are not followed.
 */
export function manpagesEntries(lines: readonly DhLine[]): readonly DhEntry[] {
  return everyWord(lines, pageTarget).flatMap((entry) => [entry, { ...entry, target: entry.target.replace('/man/', '/man/*/') }]);
}

function pageTarget(source: string): string {
  const name = lastPart(source);
  const [, stem, language, section] = /^(.+?)(?:\.([a-z]{2,3}(?:_[A-Z]{2})?(?:@[a-z]+)?))?(\.[0-9*?[][^.]*)$/.exec(name) ?? [];
  if (stem === undefined || section === undefined) return `usr/share/man/man*/${name}`;
  const folder = /^\.[0-9]/.test(section) ? `man${section.charAt(1)}` : 'man*';
  return `usr/share/man/${language === undefined ? '' : `${language}/`}${folder}/${stem}${section}`;
}

/** A line of dh-exec that gives the file another name says all of the path. */
function everyWord(lines: readonly DhLine[], target: (source: string) => string): readonly DhEntry[] {
  return lines.flatMap(({ line, words, renamed }) =>
    words.flatMap((word) => entriesOf(word, line, renamed === undefined ? target : () => renamed)),
  );
}
