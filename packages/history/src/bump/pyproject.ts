import { tomlSpot } from './cargo-toml.ts';
import type { Located, LocateRequest } from './located.ts';
import { type TomlValue, tomlValues } from './toml-values.ts';

/** `project.version` and Poetry's; a `dynamic` version stands elsewhere, where the settings of the build tool say. */
export function locateInPyproject(text: string, request: LocateRequest): Located {
  const values = tomlValues(text, request.fail);
  const named = (name: string): readonly TomlValue[] => values.filter(({ path }) => path.join('.') === name);
  const own = ['project.version', 'tool.poetry.version'].flatMap(named).sort((a, b) => a.start - b.start);
  const dynamic = values.some(
    ({ path, string }) => path.length === 3 && path[0] === 'project' && path[1] === 'dynamic' && string?.text === 'version',
  );
  const source = sourceOf(values);
  // Poetry's plugin replaces whatever version stands there.
  if (source?.plugin === true) return { own: [], remarks: [`the version is worked out by ${source.words}`] };
  if (!dynamic || own.length > 0) return { own: own.map((value) => tomlSpot(value, request)) };
  return {
    own: [],
    remarks: [`project.version is dynamic: ${source === undefined ? 'the build tool knows where it stands' : source.words}`],
  };
}

interface Source {
  readonly words: string;
  readonly plugin: boolean;
}

/** Tables and keys of build tools that say where a dynamic version comes from. */
const keys: readonly (readonly [key: string, words: (value: string) => string])[] = [
  ['tool.poetry-dynamic-versioning.enable', () => 'poetry-dynamic-versioning, from tags'],
  ['tool.setuptools.dynamic.version.attr', (value) => `the attribute ${value} holds it`],
  ['tool.setuptools.dynamic.version.file', (value) => `the file ${value} holds it`],
  ['tool.hatch.version.source', (value) => `hatch takes it from ${value}`],
  ['tool.hatch.version.path', (value) => `the file ${value} holds it`],
  ['tool.pdm.version.path', (value) => `the file ${value} holds it`],
  ['tool.pdm.version.source', (value) => `pdm takes it from ${value}`],
  ['tool.scikit-build.metadata.version.input', (value) => `the file ${value} holds it`],
];

function sourceOf(values: readonly TomlValue[]): Source | undefined {
  const byName = new Map(values.map((value) => [value.path.filter((part) => typeof part === 'string').join('.'), value]));
  for (const [key, words] of keys) {
    const value = byName.get(key);
    const plugin = key.startsWith('tool.poetry');
    if (value !== undefined && (!plugin || value.string === undefined)) return { words: words(value.string?.text ?? ''), plugin };
  }
  const [scm] = [...byName.keys()].filter((name) => name.startsWith('tool.setuptools_scm.'));
  if (scm !== undefined) return { words: 'setuptools_scm takes it from tags', plugin: false };
  const backend = byName.get('build-system.build-backend')?.string?.text;
  return backend === undefined ? undefined : { words: `${backend} knows where it stands`, plugin: false };
}
