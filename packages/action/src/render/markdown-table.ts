import { codeSpan } from '../inert.ts';

/** A GitHub Markdown table; cells are Markdown already (`cell`, `codeSpan`). */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Plain text of ours as a table cell: spec and catalog are written as plain text, for YAML and the terminal too. */
export function cell(text: string): string {
  return text
    .replace(/\s*\n\s*/g, ' ')
    .replace(/[\\`*<|[\]]/g, (character) => (character === '<' ? '&lt;' : `\\${character}`))
    .trim();
}

/** Several values, each in its own code span. */
export function codeCell(text: string): string {
  return text.split('\n').map(codeSpan).join('<br>');
}
