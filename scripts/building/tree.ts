import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Puts what users read beside a bundle: action.yml and README.md, rendered by `npm run render`. */
export async function actionFiles(root: string, action: string, folder: string): Promise<void> {
  for (const file of ['action.yml', 'README.md']) await copyFile(join(root, 'actions', action, file), join(folder, file));
}

/** Files at the root of the published tree; dist/README.md is kept by hand and stays as it is. */
export async function rootFiles(root: string, tree: string): Promise<void> {
  await mkdir(tree, { recursive: true });
  const schemas = (await readdir(root)).filter((file) => file.endsWith('.schema.json'));
  for (const file of ['action.yml', 'LICENSE', ...schemas]) await copyFile(join(root, file), join(tree, file));
}
