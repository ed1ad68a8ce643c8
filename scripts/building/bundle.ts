import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProcess } from '../testing/process.ts';

/**
 * Bundles what tsc emitted for one action into `folder`: index.js, chunks for what loads later, package.json, licenses.txt.
 * ncc's own TypeScript loader does not work with TypeScript 7. Module ids are hashes of paths relative to the working
 * folder, so every bundle is built from the repository's root (`root`): same input, same bytes.
 */
export async function bundleAction(root: string, action: string, folder: string): Promise<void> {
  const entry = join('actions', action, 'lib', 'main.js');
  const ncc = join('node_modules', '@vercel', 'ncc', 'dist', 'ncc', 'cli.js');
  await rm(folder, { recursive: true, force: true });
  const flags = ['--no-cache', '--license', 'licenses.txt', '--target', 'es2024'];
  const { exitCode, output } = await runProcess([process.execPath, ncc, 'build', entry, '--out', folder, ...flags], { cwd: root });
  if (exitCode !== 0) throw new Error(`${action}: ncc ended with exit code ${exitCode}:\n${output}`);
  await endWithNewline(join(folder, 'licenses.txt'));
  const stubs = await findStubs(folder);
  if (stubs.length > 0)
    throw new Error(`${action}: imports that could not be resolved, as ncc leaves them behind with exit code 0: ${stubs.join(', ')}`);
}

/** `file: name of the module` for each import that ncc replaced by a stub which throws when it is reached. */
export async function findStubs(folder: string): Promise<readonly string[]> {
  const stubs: string[] = [];
  for (const file of (await readdir(folder)).sort()) {
    if (!/\.[cm]?js$/.test(file)) continue;
    stubs.push(...stubsIn(await readFile(join(folder, file), 'utf8')).map((name) => `${file}: ${name}`));
  }
  return stubs;
}

/** Names of modules behind `eval("require")("name")`, in the spellings of plain and minified bundles. */
export function stubsIn(code: string): readonly string[] {
  const pattern = /eval\(\s*["'`]require["'`]\s*\)\s*\(\s*["'`]([^"'`]*)["'`]/g;
  return [...code.matchAll(pattern)].map((match) => match[1] ?? '');
}

async function endWithNewline(file: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  await writeFile(file, `${text.trimEnd()}\n`);
}
