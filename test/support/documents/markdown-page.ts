/** A fenced block of a document. */
export interface CodeBlock {
  readonly page: string;
  /** Of the page, from 1: where the content begins. */
  readonly line: number;
  /** What stands behind the fence; empty when nothing does. */
  readonly language: string;
  /** Without the indentation of the fence. */
  readonly text: string;
  /** What a marker above it says: `<!-- run -->`, `<!-- part of release-kit.yml -->`. */
  readonly marker: string;
}

export interface Link {
  readonly line: number;
  readonly target: string;
}

export interface MarkdownPage {
  readonly path: string;
  readonly blocks: readonly CodeBlock[];
  readonly anchors: ReadonlySet<string>;
  readonly links: readonly Link[];
  /** Texts in backquotes outside of blocks, with their lines. */
  readonly spans: readonly Link[];
}

/** Reads what tests need to know of a document. Fences are three backquotes; headings begin with `#`. */
export function readPage(path: string, text: string): MarkdownPage {
  const blocks: CodeBlock[] = [];
  const links: Link[] = [];
  const spans: Link[] = [];
  const titles: string[] = [];
  let open: { readonly indent: string; readonly language: string; readonly line: number; readonly marker: string } | undefined;
  let lines: string[] = [];
  let marker = '';
  for (const [index, line] of text.split('\n').entries()) {
    const [, indent, language = ''] = /^( *)```(.*)$/.exec(line) ?? [];
    if (open !== undefined) {
      if (indent === undefined) lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
      else {
        blocks.push({ page: path, line: open.line, language: open.language, text: `${lines.join('\n')}\n`, marker: open.marker });
        open = undefined;
        lines = [];
      }
    } else if (indent !== undefined) {
      open = { indent, language: language.trim(), line: index + 2, marker };
    } else {
      const title = /^#{1,6} (.*)$/.exec(line)?.[1];
      if (title !== undefined) titles.push(title);
      for (const [, span = ''] of line.matchAll(/`([^`]+)`/g)) spans.push({ line: index + 1, target: span });
      const plain = line.replace(/`[^`]*`/g, '');
      for (const [, target = ''] of plain.matchAll(/\]\(<?([^)\s>]+)>?\)/g)) links.push({ line: index + 1, target });
      for (const [, target = ''] of plain.matchAll(/\s(?:src|href)="([^"]+)"/g)) links.push({ line: index + 1, target });
    }
    if (line.trim() !== '') marker = /^ *<!-- (.*) -->$/.exec(line)?.[1] ?? '';
  }
  if (open !== undefined) blocks.push({ page: path, line: open.line, language: 'not closed', text: '', marker: '' });
  return { path, blocks, links, spans, anchors: anchorsOf(titles) };
}

/** As GitHub makes them: https://docs.github.com, "Section links". The second of a name gets -1. */
function anchorsOf(titles: readonly string[]): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const anchors = titles.map((title) => {
    const name = title
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-');
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return count === 0 ? name : `${name}-${count}`;
  });
  return new Set(anchors);
}
