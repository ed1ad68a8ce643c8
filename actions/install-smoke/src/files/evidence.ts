const mostLines = 50;

/** What proves a problem, one thing each, cut after fifty. */
export function cutLines(lines: readonly string[]): string {
  const shown = lines.slice(0, mostLines);
  return [...shown, ...(lines.length > mostLines ? [`and ${lines.length - mostLines} more`] : [])].join('\n');
}
