import { type JsonValue, jsonValues } from './json-values.ts';
import type { Located, LocateRequest } from './located.ts';
import { checkJson, requirements, versionSpot } from './npm-package.ts';

/**
 * The version in both places of package-lock.json (`version`, and `packages[""]`), those of the workspaces named, and
 * what these ask of each other. Packages from a registry stay as they are, whatever their name and version.
 */
export function locateInPackageLock(text: string, request: LocateRequest): Located {
  checkJson(text, request);
  const values = [...jsonValues(text, 4)].filter(
    ({ path }) => path[0] === 'version' || path[0] === 'packages' || path[0] === 'dependencies',
  );
  const workspaces = new Set(values.filter(({ path }) => isLink(path)).flatMap(workspaceOf(values, request.names)));
  const own = values.flatMap((value) => {
    const what = ownVersion(value.path, workspaces);
    return what === undefined ? [] : [versionSpot(value, what, request)];
  });
  const asking = values.filter(({ path }) => (path[0] === 'packages' ? isOwn(path[1], workspaces) : asksInOldForm(path, request.names)));
  return { own, ...requirements(asking, request) };
}

/** `packages["node_modules/@x/a"].link` */
function isLink(path: readonly string[]): boolean {
  return path.length === 3 && path[0] === 'packages' && path[2] === 'link' && (path[1] ?? '').startsWith('node_modules/');
}

/** Folders that the links of the packages named lead to. */
function workspaceOf(values: readonly JsonValue[], names: ReadonlySet<string>): (link: JsonValue) => readonly string[] {
  const folders = new Map(
    values.flatMap(({ path, string }) =>
      path.length === 3 && path[2] === 'resolved' && string !== undefined ? [[path[1], string.text] as const] : [],
    ),
  );
  return ({ path }) => {
    const folder = folders.get(path[1]);
    return folder !== undefined && names.has((path[1] ?? '').slice('node_modules/'.length)) ? [folder] : [];
  };
}

function ownVersion(path: readonly string[], workspaces: ReadonlySet<string>): string | undefined {
  if (path.length === 1 && path[0] === 'version') return 'version';
  if (path.length !== 3 || path[0] !== 'packages' || path[2] !== 'version' || !isOwn(path[1], workspaces)) return undefined;
  return `packages[${JSON.stringify(path[1])}].version`;
}

const isOwn = (folder: string | undefined, workspaces: ReadonlySet<string>): boolean =>
  folder !== undefined && (folder === '' || workspaces.has(folder));

/** Lock files of npm 6 and of version 2 list what a workspace asks for once more. */
function asksInOldForm(path: readonly string[], names: ReadonlySet<string>): boolean {
  return path.length === 4 && path[0] === 'dependencies' && path[2] === 'requires' && names.has(path[1] ?? '');
}
