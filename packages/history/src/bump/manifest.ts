import { UserError } from '@release-kit/action/errors';
import { jsonValues } from './json-values.ts';
import { checkJson } from './npm-package.ts';
import { spotsOf } from './text-places.ts';
import { type TomlValue, tomlValues } from './toml-values.ts';

export type ManifestKind = 'package.json' | 'Cargo.toml';

/** What a manifest says of its package, and where the others of the same project are. */
export interface Manifest {
  readonly name: string | undefined;
  /** As written, of the package or else of the workspace; undefined where it has neither. */
  readonly version: string | undefined;
  /** It has the version of the workspace (Cargo's `version.workspace`). */
  readonly inherits: boolean;
  /** Patterns of folders, relative to the manifest's own; the last that matches decides, and `!` says no. */
  readonly members: readonly string[];
  /** Folders of path dependencies, which belong to a Cargo workspace without being listed. */
  readonly paths: readonly string[];
}

/** @throws UserError E_BUMP with its place when the text is no manifest of this kind */
export function readManifest(kind: ManifestKind, text: string, file: string): Manifest {
  const fail = (offset: number, problem: string): never => {
    throw new UserError('E_BUMP', problem, { place: { file, ...spotsOf(text, [offset])[0] } });
  };
  return kind === 'package.json' ? npmManifest(text, fail) : cargoManifest(tomlValues(text, fail));
}

function npmManifest(text: string, fail: (offset: number, problem: string) => never): Manifest {
  checkJson(text, { fail });
  const values = [...jsonValues(text, 3)];
  const named = (name: string): string | undefined => values.find(({ path }) => path.length === 1 && path[0] === name)?.string?.text;
  // A list, or an object with the list in `packages` (yarn).
  const members = values
    .filter(({ path }) => path[0] === 'workspaces' && path.length === (path[1] === 'packages' ? 3 : 2))
    .flatMap(({ string }) => (string === undefined ? [] : [string.text]));
  return { name: named('name'), version: named('version'), inherits: false, members, paths: [] };
}

function cargoManifest(values: readonly TomlValue[]): Manifest {
  const texts = (...path: readonly string[]): readonly string[] =>
    values
      .filter((value) => path.every((part, index) => part === value.path[index]) && value.path.length <= path.length + 1)
      .flatMap(({ string }) => (string === undefined ? [] : [string.text]));
  const inherits = values.some(({ path }) => path.join('\n') === 'package\nversion\nworkspace');
  return {
    name: texts('package', 'name')[0],
    version: texts('package', 'version')[0] ?? texts('workspace', 'package', 'version')[0],
    inherits,
    members: [...texts('workspace', 'members'), ...texts('workspace', 'exclude').flatMap((path) => [`!${path}`, `!${path}/**`])],
    paths: values
      .filter(({ path, string }) => path.at(-1) === 'path' && string !== undefined && /(?:^|[-_])dependencies$/.test(String(path.at(-3))))
      .flatMap(({ string }) => (string === undefined ? [] : [string.text])),
  };
}
