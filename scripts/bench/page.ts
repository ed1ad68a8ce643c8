/** A section of docs/performance.md that is measured by itself. */
export interface Part {
  /** In the page's markers and on the command line. */
  readonly name: string;
  /** Markdown, heading included, without a line feed at its end. */
  measure(): Promise<string>;
}

const begin = (name: string): string => `<!-- part: ${name} -->`;
const end = '<!-- end of part -->';

/** The page with some parts measured anew; the others stay as they were, and parts that are not measured yet say so. */
export function pageOf(order: readonly string[], fresh: ReadonlyMap<string, string>, earlier: string, head: string): string {
  const kept = partsOf(earlier);
  const sections = order.map((name) => {
    const text = fresh.get(name) ?? kept.get(name) ?? `Not measured yet: \`npm run bench -- ${name}\`.`;
    return `${begin(name)}\n${text}\n${end}`;
  });
  return `${head}\n\n${sections.join('\n\n')}\n`;
}

/** The parts of a page by their names. */
export function partsOf(page: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  for (const piece of page.split('<!-- part: ').slice(1)) {
    const [name = '', rest = ''] = [piece.slice(0, piece.indexOf(' -->')), piece.slice(piece.indexOf(' -->') + 5)];
    const stop = rest.indexOf(`\n${end}`);
    if (stop >= 0) parts.set(name, rest.slice(0, stop));
  }
  return parts;
}
