import { importsOf } from './import-list.ts';
import { isSource, isTest, type Problems, type SourceTree } from './source-tree.ts';

/** Loading any of these costs more than starting an action does, so they load when they are used. */
const heavy = /^(@actions\/(artifact|cache|core|github)|openpgp)$/;

/**
 * Two ways to spoil a bundle's start: a heavy client that loads at once; and a CommonJS package loaded by `import()`,
 * whose names get lost in the bundle (it works unbundled) when its exports are a function. The cure for the latter:
 * import it statically in a module of ours, and load that one by `import()`.
 */
export function lazyImportProblems(tree: SourceTree, isCommonJs: (name: string) => boolean): Problems {
  const problems: string[] = [];
  for (const [path, text] of tree) {
    if (!isSource(path) || isTest(path)) continue;
    for (const { module, line, typeOnly, lazy } of importsOf(text)) {
      if (module === undefined || typeOnly || /^(\.|node:|@release-kit\/)/.test(module)) continue;
      if (!lazy && heavy.test(module)) problems.push(`${path}:${line}: ${module} is heavy: load it by import() where it is used`);
      if (lazy && isCommonJs(module))
        problems.push(`${path}:${line}: ${module} is CommonJS: its names are lost when a bundle loads it by import()`);
    }
  }
  return problems;
}
