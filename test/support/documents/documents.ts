import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MarkdownPage, readPage } from './markdown-page.ts';

const patterns = [
  '*.md',
  '.github/**/*.md',
  'docs/**/*.md',
  'actions/*/README.md',
  'packages/*/README.md',
  'examples/**/README.md',
  'test/**/README.md',
];

/** Every document of the repository, sorted by path. */
export async function readDocuments(root: string): Promise<readonly MarkdownPage[]> {
  const paths: string[] = [];
  for await (const path of glob(patterns, { cwd: root })) if (!path.includes('node_modules')) paths.push(path);
  return Promise.all(paths.sort().map(async (path) => readPage(path, await readFile(join(root, path), 'utf8'))));
}
