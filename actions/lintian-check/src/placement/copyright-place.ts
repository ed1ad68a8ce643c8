import { fieldOf, lineHolding, readStanzas } from '../stanza.ts';
import type { Finder } from './subject.ts';

const path = 'debian/copyright';

/** The paragraph of debian/copyright (DEP 5) that the note cites: a pattern of `Files:`, the short name of a license. */
export const copyrightParagraph: Finder = async ({ hint, tree }) => {
  const stanzas = readStanzas((await tree.lines(path)) ?? []);
  const words = hint.note.split(/[\s"',()]+/).filter((word) => word.length > 1 || /[*?]/.test(word));
  for (const name of ['Files', 'License', 'Files-Excluded']) {
    for (const word of words) {
      for (const stanza of stanzas) {
        const found = fieldOf(stanza, name);
        const line = found === undefined ? undefined : lineHolding(found, (text) => text.split(/\s+/).includes(word));
        if (line !== undefined) return { path, line, exact: true, reason: `this paragraph's ${name} names ${word}` };
      }
    }
  }
  return undefined;
};

/** The paragraph whose `Files:` covers the file that the finding names. The last one that fits counts, as DEP 5 says. */
export function copyrightHeader(...names: readonly string[]): Finder {
  return async ({ tree }) => {
    const [header] = readStanzas((await tree.lines(path)) ?? []);
    for (const name of names) {
      const found = fieldOf(header, name);
      if (found !== undefined) return { path, line: found.line, exact: true, reason: `the field ${found.name} is set here` };
    }
    return header === undefined
      ? undefined
      : { path, line: header.line, exact: true, reason: `the header lacks the field ${names[0] ?? ''}` };
  };
}
