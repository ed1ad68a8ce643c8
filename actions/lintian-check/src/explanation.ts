/** What a tag means. */
export interface Explanation {
  /** The first paragraphs of the tool's own text, one line each. */
  readonly meaning: string;
  /** How to mend it, in one sentence. */
  readonly cure?: string;
  /** Where the rule is written down, as the tool names it. */
  readonly references: readonly string[];
}

/** By tag. */
export type Explanations = ReadonlyMap<string, Explanation>;

const longest = 700;

/**
 * Reads the output of lintian-explain-tags. Grammar: a line `E: tag` (or another code) opens an entry; the lines after it start with `N:`;
 * paragraphs are parted by blank ones; the facts `Visibility:`, `Check:` and so on close it.
 */
export function parseExplanations(text: string): Explanations {
  const entries = new Map<string, Explanation>();
  let tag: string | undefined;
  let lines: string[] = [];
  const close = (): void => {
    if (tag !== undefined) entries.set(tag, { meaning: shorten(lines), references: [] });
    lines = [];
  };
  for (const line of text.split('\n')) {
    const opened = /^[EWIPCX]: ([a-z0-9][a-z0-9+./-]*)\s*$/.exec(line);
    if (opened?.[1] !== undefined) {
      close();
      tag = opened[1];
    } else if (line.startsWith('N:')) {
      lines.push(line.slice(2).trim());
    }
  }
  close();
  return entries;
}

function shorten(lines: readonly string[]): string {
  const paragraphs = lines
    .join('\n')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replaceAll('\n', ' ').trim())
    .filter((paragraph) => paragraph !== '');
  const kept: string[] = [];
  for (const paragraph of paragraphs) {
    if (/^(?:Visibility|Severity|Please refer to|See also|Experimental):?\b/.test(paragraph)) break;
    if (kept.join('\n').length + paragraph.length > longest) {
      kept.push(kept.length > 0 ? '…' : `${paragraph.slice(0, longest)} …`);
      break;
    }
    kept.push(paragraph);
  }
  return kept.join('\n');
}
