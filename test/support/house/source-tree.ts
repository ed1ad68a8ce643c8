import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Path relative to the root, with `/` -> text. */
export type SourceTree = ReadonlyMap<string, string>;

/** What is generated, installed, or belongs to an editor. */
const skipped = new Set(['.cache', '.git', 'coverage', 'lib', 'node_modules', 'out', 'release']);
const textual = /\.(ts|js|mjs|json|md|yml|yaml|sh|c|h|patch|txt|service|install|html)$|(^|\/)(\.gitignore|[A-Za-z-]+)$/;

/** Reads the text files of the repository that people wrote or that are rendered. */
export async function readTree(root: string, folder = ''): Promise<SourceTree> {
  const files = new Map<string, string>();
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (skipped.has(entry.name)) continue;
      for (const [name, text] of await readTree(root, path)) files.set(name, text);
    } else if (entry.isFile() && textual.test(path) && !(path.startsWith('dist/') && path !== 'dist/README.md')) {
      files.set(path, await readFile(join(root, path), 'utf8'));
    }
  }
  return files;
}

/** `path:line: problem`, in the order of the tree. */
export type Problems = readonly string[];

/** Numbered lines of a text, counted from 1. */
export const numbered = (text: string): readonly (readonly [number, string])[] =>
  text.split('\n').map((line, index) => [index + 1, line] as const);

/** Sources of packages and actions: `packages/x/src/…`, `actions/x/src/…`. */
export const isSource = (path: string): boolean => /^(packages|actions)\/[^/]+\/src\/.*\.ts$/.test(path);
export const isTest = (path: string): boolean => /\.test(?:-support)?\.ts$/.test(path) || /\/(testing|fixtures)\//.test(path);
