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
  await rewrite(join(folder, 'licenses.txt'), (text) => `${text.trimEnd()}\n`);
  await rewrite(join(folder, 'index.js'), keepNamesOfFunctions);
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

const onlyObjects = "typeof current == 'object' && !~leafPrototypes";
const objectsAndFunctions = "(typeof current == 'object' || typeof current == 'function') && !~leafPrototypes";

/**
 * ncc 0.45 carries webpack 5.94, whose runtime gives no names to `import()` of a CommonJS package that exports a function
 * (ajv does: `const { Ajv } = await import('ajv')` is undefined in the bundle, and a class in Node). Later versions of
 * webpack look at functions as well; this makes the same change. Throws when the runtime is not as known.
 */
export function keepNamesOfFunctions(code: string): string {
  const parts = code.split(onlyObjects);
  if (parts.length === 1 && !code.includes('__nccwpck_require__.t = ')) return code;
  if (parts.length !== 2) throw new Error('the runtime that loads CommonJS packages late is not as known; look at keepNamesOfFunctions');
  return parts.join(objectsAndFunctions);
}

async function rewrite(file: string, change: (text: string) => string): Promise<void> {
  await writeFile(file, change(await readFile(file, 'utf8')));
}
