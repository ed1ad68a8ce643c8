import { importsOf } from './import-list.ts';
import { isTest, type Problems, type SourceTree } from './source-tree.ts';

/** Packages of the root that every test may use. */
const forTests = new Set(['@jest/globals', 'fast-check', 'yaml', 'ajv']);

/** package.json's dependencies, tsconfig.json's references and the real imports of each workspace must agree. */
export function dependencyProblems(tree: SourceTree): Problems {
  const folders = [...tree.keys()]
    .filter((path) => /^((packages|actions)\/[^/]+|test\/support\/github)\/package\.json$/.test(path))
    .map((path) => path.slice(0, -'/package.json'.length));
  const names = new Map(folders.map((folder) => [nameOf(tree, folder), folder]));
  return folders.flatMap((folder) => {
    const declared = new Set(Object.keys(entry(json(tree, `${folder}/package.json`), 'dependencies') ?? {}));
    const references = new Set(referencesOf(tree, folder));
    const { used, usedByTests } = importedPackages(tree, folder, nameOf(tree, folder));
    const undeclared = [...used]
      .filter((name) => !declared.has(name))
      .map((name) => `imports ${name}, which package.json does not declare`);
    const idle = [...declared]
      .filter((name) => !used.has(name) && !usedByTests.has(name))
      .map((name) => `declares ${name}, which nothing imports`);
    const needed = [...used, ...usedByTests].filter((name) => names.has(name));
    const unreferenced = [...new Set(needed)]
      .filter((name) => !references.has(names.get(name) ?? ''))
      .map((name) => `imports ${name}, which tsconfig.json does not reference`);
    return [...undeclared, ...idle, ...unreferenced].map((problem) => `${folder}: ${problem}`);
  });
}

function importedPackages(
  tree: SourceTree,
  folder: string,
  self: string,
): { readonly used: ReadonlySet<string>; readonly usedByTests: ReadonlySet<string> } {
  const [used, usedByTests] = [new Set<string>(), new Set<string>()];
  for (const [path, text] of tree) {
    // What is for tests alone has no folder of sources.
    if (!path.startsWith(folder.startsWith('test/') ? `${folder}/` : `${folder}/src/`) || !path.endsWith('.ts')) continue;
    for (const { module } of importsOf(text)) {
      const name = module === undefined ? undefined : packageOf(module);
      if (name === undefined || name === self) continue;
      if (!isTest(path)) used.add(name);
      else if (!forTests.has(name)) usedByTests.add(name);
    }
  }
  return { used, usedByTests };
}

function packageOf(module: string): string | undefined {
  if (module.startsWith('.') || module.startsWith('node:')) return undefined;
  return module
    .split('/')
    .slice(0, module.startsWith('@') ? 2 : 1)
    .join('/');
}

const json = (tree: SourceTree, path: string): unknown => JSON.parse(tree.get(path) ?? '{}');
const entry = (value: unknown, name: string): object | undefined => {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof found === 'object' && found !== null ? found : undefined;
};

function nameOf(tree: SourceTree, folder: string): string {
  const name: unknown = Reflect.get(Object(json(tree, `${folder}/package.json`)), 'name');
  return typeof name === 'string' ? name : folder;
}

/** Folders relative to the root. */
function referencesOf(tree: SourceTree, folder: string): readonly string[] {
  const references: unknown = entry(json(tree, `${folder}/tsconfig.json`), 'references') ?? [];
  if (!Array.isArray(references)) return [];
  return references.map((reference: unknown) =>
    new URL(String(Reflect.get(Object(reference), 'path')), `file:///${folder}/`).pathname.slice(1),
  );
}

/** Every package of the lock file that comes from a registry has its digest. */
export function lockProblems(tree: SourceTree): Problems {
  return ['package-lock.json', 'scripts/node/package-lock.json'].flatMap((file) =>
    Object.entries(entry(json(tree, file), 'packages') ?? {})
      .filter(
        ([path, value]) =>
          path.includes('node_modules/') && Reflect.get(Object(value), 'link') !== true && Reflect.get(Object(value), 'inBundle') !== true,
      )
      .filter(([, value]) => !/^sha512-/.test(String(Reflect.get(Object(value), 'integrity'))))
      .map(([path]) => `${file}: ${path} has no integrity`),
  );
}
