import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPage } from './markdown-page.ts';

/** The commands of a page that say by a marker above them that `test` (a path in the repository) runs them, in their order. */
export async function markedBlocks(root: string, page: string, test: string): Promise<readonly string[]> {
  const { blocks } = readPage(page, await readFile(join(root, page), 'utf8'));
  return blocks.filter(({ marker }) => marker === `run by ${test}`).map(({ text }) => text);
}
