/**
 * Puts `table` between `<!-- rendered: name -->` and `<!-- /rendered -->`. Throws when the opening marker is not there
 * exactly once or is not closed: a table that silently stays old is worse than a failed build.
 */
export function replaceRendered(markdown: string, name: string, table: string): string {
  const open = `<!-- rendered: ${name} -->`;
  const close = '<!-- /rendered -->';
  const parts = markdown.split(open);
  const [before, after] = parts;
  if (before === undefined || after === undefined || parts.length > 2) {
    throw new Error(`the marker ${open} must be there exactly once, but is there ${parts.length - 1} times`);
  }
  const end = after.indexOf(close);
  const next = after.indexOf('<!-- rendered: ');
  if (end < 0 || (next >= 0 && next < end)) throw new Error(`the marker ${open} is not closed by ${close}`);
  return `${before}${open}\n${table}\n${after.slice(end)}`;
}
