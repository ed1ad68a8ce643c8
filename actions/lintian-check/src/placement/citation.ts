/** What a note may cite, longest first. */
export function citations(note: string): readonly string[] {
  // Where we cite a line ourselves, it stands last, between marks that shell and C do not know.
  const line = /“(.{2,})”$/s.exec(note)?.[1] ?? '';
  const quoted = [...note.matchAll(/"([^"]{2,})"|'([^']{2,})'/g)].map((match) => match[1] ?? match[2] ?? '');
  const words = (note.match(/[^\s"',()[\]]{3,}/g) ?? []).filter((word) => /[\p{L}\d]/u.test(word));
  return [...new Set([note.trim(), line, ...quoted, ...words])].filter((text) => text.length > 1 && text.length < 500);
}

/** A word stands alone: nothing of a word before or behind it. */
export function holdsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1 && word !== ''; at = text.indexOf(word, at + 1)) {
    if (!/[\w.+-]/.test(text.charAt(at - 1)) && !/[\w+-]/.test(text.charAt(at + word.length))) return true;
  }
  return false;
}

/** The only line that holds the first of some texts that any line holds; undefined when several do. */
export function onlyLineHolding(lines: readonly string[] | undefined, texts: readonly string[], from = 0): number | undefined {
  if (lines === undefined) return undefined;
  for (const text of texts) {
    const found = lines.flatMap((content, index) => (index >= from && holdsWord(content, text) ? [index + 1] : []));
    if (found.length === 1) return found[0];
  }
  return undefined;
}
