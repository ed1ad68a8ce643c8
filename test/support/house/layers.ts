import { importsOf } from './import-list.ts';
import { isSource, isTest, type Problems, type SourceTree } from './source-tree.ts';

/** Which package may import which: arrows point down only (docs/architecture.md). */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'packages/action': [],
  'packages/debian': ['action'],
  'packages/config': ['action', 'debian'],
  'packages/cross': ['action', 'debian'],
  'packages/git': ['action'],
  'packages/github': ['action', 'debian'],
  'packages/history': ['action', 'debian'],
  'packages/machine': ['action', 'debian'],
  'packages/manifest': ['action', 'debian'],
  'packages/openpgp': ['action', 'debian'],
  actions: ['action', 'debian', 'config', 'cross', 'git', 'github', 'history', 'machine', 'manifest', 'openpgp'],
};

/** Text in, data out: no toolkit, no file system, no process, no network. */
const pure = /^packages\/(debian|history)\//;
const impureModules = /^(@actions\/|node:(fs|child_process|net|http|https|http2|dns|os|process|worker_threads)(\/|$))/;
/** The one place that starts processes. */
const spawner = 'packages/action/src/spawn.ts';

/** Imports of packages and actions that the design does not allow. */
export function importProblems(tree: SourceTree): Problems {
  const problems: string[] = [];
  const forTests = exportedForTests(tree);
  for (const [path, text] of tree) {
    if (!isSource(path)) continue;
    for (const { module, line, typeOnly } of importsOf(text)) {
      const problem =
        module === undefined
          ? 'a computed import cannot be bundled'
          : forTests.has(module) && !isTest(path)
            ? `what ships does not import what is for tests: ${module}`
            : problemOf(path, module, typeOnly);
      if (problem !== undefined) problems.push(`${path}:${line}: ${problem}`);
    }
  }
  return problems;
}

/** Modules that packages export for the tests of others, by the names that these import. */
function exportedForTests(tree: SourceTree): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [path, text] of tree) {
    const [, folder] = /^((?:packages|actions)\/[^/]+)\/package\.json$/.exec(path) ?? [];
    if (folder === undefined) continue;
    const { name, exports = {} }: { name?: string; exports?: Record<string, { 'release-kit:source'?: string }> } = JSON.parse(text);
    for (const [subpath, { 'release-kit:source': source = '' }] of Object.entries(exports))
      if (isTest(`${folder}/${source}`)) names.add(`${name}${subpath.slice(1)}`);
  }
  return names;
}

function problemOf(path: string, module: string, typeOnly: boolean): string | undefined {
  if (module.startsWith('.')) return relativeProblem(path, module);
  const ours = /^@release-kit\/([^/]+)/.exec(module)?.[1];
  if (ours !== undefined) return layerProblem(path, module, ours);
  if (isTest(path)) return undefined;
  if (/^(node:)?child_process$/.test(module) && path !== spawner && !typeOnly)
    return `only ${spawner} starts processes, but it imports ${module}`;
  if (pure.test(path) && impureModules.test(module) && !typeOnly) return `is pure, but imports ${module}`;
  return undefined;
}

function layerProblem(path: string, module: string, ours: string): string | undefined {
  if (path.startsWith('packages/cli/')) return undefined;
  const home = path.startsWith('actions/') ? 'actions' : path.split('/').slice(0, 2).join('/');
  if (`packages/${ours}` === home) return `imports its own package by name: ${module}`;
  if (home === 'actions' && ours.startsWith('action-')) return `an action never imports another: ${module}`;
  return allowed[home]?.includes(ours) === true ? undefined : `${home} may not import ${module}`;
}

/** Inside a package by relative path with `.ts`, never out of its src. */
function relativeProblem(path: string, module: string): string | undefined {
  const depth = path.split('/').length - 4;
  const climbs = module.split('/').filter((part) => part === '..').length;
  if (climbs > depth && !isTest(path)) return `leaves its package: ${module}`;
  if (isTest(module.replace(/^\.+/, '')) && !isTest(path)) return `what ships does not import what is for tests: ${module}`;
  return /\.(ts|json)$/.test(module) ? undefined : `a relative import ends in .ts: ${module}`;
}
