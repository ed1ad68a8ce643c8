import { type DhEntry, expandedTargets } from './dh-entry.ts';
import type { DhLine } from './dh-list.ts';

/** debian/PACKAGE.dirs, dh_installdirs(1): folders that are made. */
export function dirsEntries(lines: readonly DhLine[]): readonly DhEntry[] {
  return lines.flatMap(({ line, words }) => words.flatMap((word) => expandedTargets(word, line)));
}

/** debian/PACKAGE.links, dh_link(1): pairs of what is pointed to and the link. */
export function linksEntries(lines: readonly DhLine[]): readonly DhEntry[] {
  return lines.flatMap(({ line, words }) => words.flatMap((word, index) => (index % 2 === 1 ? expandedTargets(word, line) : [])));
}
