import { type DhEntry, entriesOf, lastPart, plainPath } from './dh-entry.ts';
import type { DhLine } from './dh-list.ts';

/**
 * debian/PACKAGE.install, dh_install(1): `source… folder`, or a single source, which keeps its place. A source is looked for in the
 * source tree and in debian/tmp.
 */
export function installEntries(lines: readonly DhLine[]): readonly DhEntry[] {
  return lines.flatMap(({ line, words, renamed }) => {
    if (renamed !== undefined) return words.flatMap((word) => entriesOf(word, line, () => renamed));
    const [only = ''] = words;
    if (words.length === 1) return entriesOf(only, line, plainPath);
    const folder = words.at(-1) ?? '';
    return words.slice(0, -1).flatMap((word) => entriesOf(word, line, (source) => `${folder}/${lastPart(source)}`));
  });
}
