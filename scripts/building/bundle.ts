import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProcess } from '../testing/process.ts';
import { bundledPackages } from './bundle-contents.ts';
import { bundlerFolder, type LicensedPackage, licencesPage, licensedPackages } from './licences.ts';

/**
 * Bundles what tsc emitted for one action into `folder`: index.js, chunks for what loads later, package.json, licenses.txt.
 * ncc's own TypeScript loader does not work with TypeScript 7. Module ids are hashes of paths relative to the working
 * folder, so every bundle is built from the repository's root (`root`): same input, same bytes.
 *
 * @returns the packages that are in it, the bundler's own among them
 */
export async function bundleAction(root: string, action: string, folder: string): Promise<readonly LicensedPackage[]> {
  const aside = await mkdtemp(join(tmpdir(), 'release-kit-bundle-'));
  try {
    const made = join(aside, 'bundle');
    const stats = await bundle(root, action, made, join(aside, 'stats.json'));
    const packages = await licensedPackages(root, [{ folder: bundlerFolder, modules: [] }, ...bundledPackages(stats, root)]);
    await writeFile(join(made, 'licenses.txt'), licencesPage(action, packages));
    await rewrite(join(made, 'index.js'), keepNamesOfFunctions);
    const stubs = await findStubs(made);
    if (stubs.length > 0)
      throw new Error(`${action}: imports that could not be resolved, as ncc leaves them behind with exit code 0: ${stubs.join(', ')}`);
    // Half a minute in which there would be half a bundle, or none, becomes a moment.
    await rm(folder, { recursive: true, force: true });
    await cp(made, folder, { recursive: true });
    return packages;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Runs ncc; returns the bundler's statistics. */
async function bundle(root: string, action: string, folder: string, stats: string): Promise<unknown> {
  const entry = join('actions', action, 'lib', 'main.js');
  const ncc = join('node_modules', '@vercel', 'ncc', 'dist', 'ncc', 'cli.js');
  const flags = ['--no-cache', '--stats-out', stats, '--target', 'es2024'];
  const { exitCode, output } = await runProcess([process.execPath, ncc, 'build', entry, '--out', folder, ...flags], { cwd: root });
  if (exitCode !== 0) throw new Error(`${action}: ncc ended with exit code ${exitCode}:\n${output}`);
  return JSON.parse(await readFile(stats, 'utf8'));
}

/** Of proxy-agent-negotiate, which says so when it is missing: for proxies that ask for a ticket of Kerberos. */
const optional: readonly string[] = ['kerberos'];

/** `file: name of the module` for each import that ncc replaced by a stub which throws when it is reached. */
export async function findStubs(folder: string): Promise<readonly string[]> {
  const stubs: string[] = [];
  for (const file of (await readdir(folder)).sort()) {
    if (!/\.[cm]?js$/.test(file)) continue;
    const names = stubsIn(await readFile(join(folder, file), 'utf8')).filter((name) => !optional.includes(name));
    stubs.push(...names.map((name) => `${file}: ${name}`));
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
