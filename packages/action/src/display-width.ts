// Unicode TR11 wide and full-width blocks that real package names, authors and paths use, and emoji.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;
const without = /[\p{Mn}\p{Me}]/u;

/** Columns that a terminal uses for one character. */
export function columnsOf(character: string): 0 | 1 | 2 {
  if (without.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/** As much of the text, from its start, as fits into so many columns. */
export function fitColumns(text: string, columns: number): string {
  let used = 0;
  let result = '';
  for (const character of text) {
    used += columnsOf(character);
    if (used > columns) break;
    result += character;
  }
  return result;
}
