import { cutText } from './cut-text.ts';
import { codeSpan, inertMarkdown } from './inert.ts';

/** How much of a list a person reads, and how much of the page it may take: all parts together stay below GitHub's limit of 1 MiB. */
export interface Cap {
  readonly rows: number;
  readonly bytes: number;
}

const longestCell = 300;

/** Text of strangers in a cell or a list: one line, inert, not longer than a person reads. */
export function cell(text: string): string {
  return inertMarkdown(cutText(text.trim(), longestCell));
}

/** The same as code: names, paths, tags. */
export function code(text: string): string {
  return codeSpan(cutText(text, longestCell));
}

/** `[debian/install:3](…)` as code, without the link where there is no page. */
export function linkedCode(text: string, url: string | undefined): string {
  return url === undefined ? code(text) : `[${code(text)}](${url})`;
}

/**
 * A table of GitHub Markdown, cut to `cap`, with a sentence on what is missing; nothing when there are no rows. Columns of a head that ends with a colon
 * stand right, as numbers do.
 */
export function table<T>(
  heads: readonly string[],
  items: readonly T[],
  row: (item: T) => readonly string[],
  cap: Cap,
  missing: string,
): readonly string[] {
  if (items.length === 0) return [];
  const rule = heads.map((head) => (head.endsWith(':') ? '---:' : '---'));
  return [
    '',
    `| ${heads.map((head) => head.replace(/:$/, '')).join(' | ')} |`,
    `| ${rule.join(' | ')} |`,
    ...capped(items, (item) => `| ${row(item).join(' | ')} |`, cap, missing),
  ];
}

/** The lines that fit, and one on how many did not. Only lines that may fit are made. */
export function capped<T>(items: readonly T[], lineOf: (item: T) => string, cap: Cap, missing: string): readonly string[] {
  let bytes = 0;
  const shown: string[] = [];
  for (const item of items.slice(0, cap.rows)) {
    const line = lineOf(item);
    bytes += Buffer.byteLength(line) + 1;
    if (bytes > cap.bytes) break;
    shown.push(line);
  }
  const left = items.length - shown.length;
  return left === 0 ? shown : [...shown, '', `_${left} more ${missing}._`];
}

/** What a person opens when he wants it. GitHub reads Markdown inside only after an empty line. */
export function folded(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0
    ? []
    : ['', `<details><summary>${title}</summary>`, '', ...lines.slice(lines[0] === '' ? 1 : 0), '', '</details>'];
}
