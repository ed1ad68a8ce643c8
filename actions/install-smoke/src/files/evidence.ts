const mostLines = 50;

/** What is told of one thing, and what to do about it. One line each. */
export interface Exhibit {
  readonly line: string;
  readonly cure: string;
}

/** What proves a problem, one thing each, cut after fifty; those with one cure have it once, below the last of them. */
export function evidenceOf(exhibits: readonly Exhibit[]): string {
  const shown = exhibits.slice(0, mostLines);
  const lines = shown.flatMap(({ line, cure }, index) => (shown[index + 1]?.cure === cure ? [line] : [line, `  ${cure}`]));
  return [...lines, ...(exhibits.length > mostLines ? [`and ${exhibits.length - mostLines} more`] : [])].join('\n');
}
