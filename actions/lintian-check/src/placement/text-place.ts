import type { Anchor } from '../source-tree.ts';
import { citations } from './citation.ts';
import { ruleNaming, textFileOf } from './installed-place.ts';
import { type Finder, lineWhere, type Subject } from './subject.ts';

/** The first line of the file: `#!`. A line that lintian names comes before. */
export const firstLine: Finder = async (subject) => {
  const file = subject.pointer?.line === undefined ? await textFileOf(subject) : undefined;
  if (file === undefined || (await subject.tree.lines(file.path)) === undefined) return undefined;
  return { path: file.path, line: 1, exact: true, reason: 'the file says with its first line how it is run' };
};

/** The first line of the installed file's source, from the one that lintian names, that fits one of the patterns, in their order. */
export function textLine(patterns: readonly RegExp[], reason: string, below = 0): Finder {
  return async (subject) => {
    const file = await textFileOf(subject);
    const lines = file === undefined ? undefined : await subject.tree.lines(file.path);
    if (file === undefined || lines === undefined) return undefined;
    const from = (subject.pointer?.line ?? 1) - 1;
    for (const pattern of patterns) {
      const line = lineWhere(lines.slice(from), (text) => pattern.test(text));
      if (line !== undefined) return { path: file.path, line: from + line + below, exact: true, reason };
    }
    return undefined;
  };
}

const prose =
  /(?:^|\/)(?:change[^/]*|news[^/]*|readme[^/]*|copying[^/]*|[^/]*\.(?:po|pot|md|rst|html?|[1-9]))$|^debian\/(?:changelog|copyright|patches\/)/i;

/** The only line of what builds the program that holds a text. */
export function textInTree(texts: (subject: Subject) => readonly string[], reason: string): Finder {
  return async (subject): Promise<Anchor | undefined> => {
    for (const text of texts(subject)) {
      const places = (await subject.tree.occurrences(text, 20)).filter(({ path }) => !prose.test(path));
      const [first] = places;
      if (first !== undefined && places.length === 1) return { ...first, exact: true, reason };
    }
    return undefined;
  };
}

/** What the note cites and is a path or an option, long enough to mean something. */
export function citedOptions({ hint }: Subject): readonly string[] {
  return citations(hint.note).filter((text) => text.length >= 6 && !text.includes(' '));
}

/** The line of debian/rules that names the whole path: where its mode or its place is changed. */
export const ruleNamingFile: Finder = async (subject) => {
  const anchor = await ruleNaming(subject);
  return anchor?.exact === true ? anchor : undefined;
};
