/** Writes everything that is rendered from the specs; `--check` only lists what is stale. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { renderedFiles, staleFiles } from './rendering/rendered-files.ts';

const root = join(import.meta.dirname, '..');

if (process.argv.includes('--check')) {
  const stale = await staleFiles(root);
  for (const line of stale) console.log(line);
  console.log(stale.length === 0 ? 'All rendered files are fresh.' : 'Run `npm run render`.');
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const { path, text, problem } of await renderedFiles(root)) {
    const file = join(root, path);
    if (text === undefined) {
      console.log(`${path}: ${problem}`);
      process.exitCode = 1;
    } else if ((await readFile(file, 'utf8').catch(() => undefined)) !== text) {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      console.log(`${path}: rendered`);
    }
  }
}
