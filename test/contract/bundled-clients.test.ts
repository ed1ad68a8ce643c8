import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { importsOf } from '../support/house/import-list.ts';
import { readTree, type SourceTree } from '../support/house/source-tree.ts';

const root = join(import.meta.dirname, '../..');
const cache = ['@actions/cache'];
const all = ['@actions/artifact', '@actions/cache'];

/** Each is megabytes, and is bundled when anything that an action imports reaches it, late or not. */
test('an action carries only the clients of GitHub that it uses', async () => {
  const tree = new Map([...(await readTree(root, 'packages')), ...(await readTree(root, 'actions'))]);
  const actions = [...tree.keys()].flatMap((path) => /^actions\/([^/]+)\/src\/main\.ts$/.exec(path)?.[1] ?? []);
  const carried = Object.fromEntries(actions.sort().map((name) => [name, clientsReachedFrom(tree, `actions/${name}/src/main.ts`)]));
  expect(carried).toEqual({
    'attest-packages': [],
    'build-deb': all,
    'build-matrix': [],
    changelog: [],
    'draft-release': [],
    'install-smoke': all,
    'join-builds': ['@actions/artifact'],
    'lintian-check': cache,
    'pipeline-gate': [],
    'setup-cross': cache,
    'sign-artifacts': [],
  });
});

function clientsReachedFrom(tree: SourceTree, entry: string): readonly string[] {
  const seen = new Set<string>();
  const clients = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { module, typeOnly } of importsOf(textOf(tree, path))) {
      if (module === undefined || typeOnly) continue;
      if (all.includes(module)) clients.add(module);
      if (module.startsWith('.')) visit(join(dirname(path), module));
      if (module.startsWith('@release-kit/')) visit(sourceOf(tree, module));
    }
  };
  visit(entry);
  return [...clients].sort();
}

/** `@release-kit/action/render` -> `packages/action/src/render/index.ts`, as the package's own file says. */
function sourceOf(tree: SourceTree, module: string): string {
  const [, name = '', ...rest] = module.split('/');
  const exported: unknown = JSON.parse(textOf(tree, `packages/${name}/package.json`)).exports[['.', ...rest].join('/')];
  if (typeof exported !== 'object' || exported === null || !('release-kit:source' in exported))
    throw new Error(`${module} is not exported`);
  return join('packages', name, String(exported['release-kit:source']));
}

function textOf(tree: SourceTree, path: string): string {
  const text = tree.get(path);
  if (text === undefined) throw new Error(`${path} is not there`);
  return text;
}
