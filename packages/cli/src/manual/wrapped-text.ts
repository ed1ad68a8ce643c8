/** Lines of at most `width` columns, each after `indent` blanks; a word that is longer has a line of its own. */
export function wrapText(text: string, width: number, indent: number): readonly string[] {
  const room = Math.max(20, width - indent);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines.map((one) => `${' '.repeat(indent)}${one}`);
}

/** Terms at the left and their meanings at the right; a term that is too long for its column stands on a line of its own. */
export function twoColumns(rows: readonly (readonly [term: string, meaning: string])[], width: number): readonly string[] {
  const longest = Math.max(...rows.map(([term]) => term.length).filter((length) => length <= widestTerm), 8);
  const indent = 2 + longest + 2;
  return rows.flatMap(([term, meaning]) => {
    const [first = '', ...rest] = wrapText(meaning, width, indent);
    const head = `  ${term}`;
    if (head.length + 2 > indent) return [head, ...(first === '' ? [] : [first, ...rest])];
    return [`${head.padEnd(indent)}${first.slice(indent)}`.trimEnd(), ...rest];
  });
}

/** A column that is wider leaves too little room beside it, at 80 columns. */
const widestTerm = 26;
