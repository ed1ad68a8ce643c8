import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import rehypeRaw from 'rehype-raw';
import rehypeSanitize from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { style } from '../views/html.ts';

/** What is left of a text of GitHub Markdown when GitHub has rendered it and taken out what it does not allow (the default rules of rehype-sanitize are its own). */
export async function githubHtml(markdown: string): Promise<string> {
  const file = await unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeRaw)
    .use(rehypeSanitize)
    .use(rehypeStringify)
    .process(markdown);
  return String(file);
}

/** A whole page as a job's summary stands on GitHub: its style, its width, its edges. `opened`: every folded part is unfolded. */
export async function githubPage(markdown: string, opened: boolean): Promise<string> {
  const ours = `body { margin: 0; background: #fff; }
.markdown-body { box-sizing: border-box; max-width: 1012px; margin: 0 auto; padding: ${edge}px; }`;
  const open = opened ? 'for (const each of document.querySelectorAll("details")) each.open = true;' : '';
  return page(ours, `<article class="markdown-body">\n${await githubHtml(markdown)}\n</article>`, open);
}

/** A page of another form, which measures itself as well; GitHub's Markdown may stand in it. */
export const wholePage = (body: string): Promise<string> => page(style, body, '');

async function page(ours: string, body: string, script: string): Promise<string> {
  const markdownStyle = await readFile(createRequire(import.meta.url).resolve('github-markdown-css/github-markdown-light.css'), 'utf8');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
${markdownStyle}
${ours}
</style>
</head>
<body>
${body}
<script>${script}${measuring}</script>
</body>
</html>
`;
}

/** Pixels of empty room on both sides; GitHub's on a phone. */
export const edge = 16;

/** Writes numbers only, so that nothing of the page comes back by it. */
const measuring = `
const root = document.documentElement;
const numbers = {
  viewport: innerWidth,
  contentWidth: Math.max(root.scrollWidth, document.body.scrollWidth),
  contentHeight: root.scrollHeight,
  contentEnd: Math.ceil(document.body.getBoundingClientRect().bottom),
  tables: [...document.querySelectorAll('table')].map((table) => ({
    right: Math.ceil(table.getBoundingClientRect().right),
    bottom: Math.ceil(table.getBoundingClientRect().bottom),
    hidden: Math.max(0, table.scrollWidth - table.clientWidth),
    rows: table.rows.length,
    columns: Math.max(...[...table.rows].map((row) => row.cells.length)),
    ragged: new Set([...table.rows].map((row) => row.cells.length)).size > 1,
  })),
  folded: document.querySelectorAll('details').length,
  links: document.querySelectorAll('a[href]').length,
  foreignLinks: [...document.querySelectorAll('a[href]')].filter((link) => /evil/.test(link.href)).length,
  active: document.querySelectorAll('article :is(img, script, iframe, style, input, form, svg, video)').length,
};
const output = document.createElement('output');
output.id = 'measured';
output.hidden = true;
output.textContent = JSON.stringify(numbers);
document.body.append(output);
`;
