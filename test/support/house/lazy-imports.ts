import { importsOf } from './import-list.ts';
import { isSource, isTest, type Problems, type SourceTree } from './source-tree.ts';

/** Loading any of these costs more than starting an action does, so they load when they are used. */
const heavy = /^(@actions\/(artifact|cache|core|github)|@sigstore\/\w+|openpgp|liquidjs)$/;

/** Heavy clients that load at once, which every start would pay for. */
export function lazyImportProblems(tree: SourceTree): Problems {
  return [...tree]
    .filter(([path]) => isSource(path) && !isTest(path))
    .flatMap(([path, text]) =>
      importsOf(text)
        .filter(({ module, typeOnly, lazy }) => !typeOnly && !lazy && module !== undefined && heavy.test(module))
        .map(({ module, line }) => `${path}:${line}: ${module} is heavy: load it by import() where it is used`),
    );
}
