import type { PackagedPath } from '../package-manager.ts';
import type { FileEntry } from './file-entry.ts';
import { destinationOf } from './path-tree.ts';
import type { Snapshot } from './snapshot.ts';

/** A path that the packages brought, as it is in the machine. */
export interface PackagedFile extends PackagedPath {
  /** Where it is, with the links to its folder followed. */
  readonly real: string;
  /** undefined: it is not there. */
  readonly entry: FileEntry | undefined;
  /** Names of capabilities of a program; capabilities(7). */
  readonly capabilities: readonly string[];
}

/** `capabilities`: by real path. */
export function packagedFiles(
  paths: readonly PackagedPath[],
  { entries }: Snapshot,
  capabilities: ReadonlyMap<string, readonly string[]>,
): readonly PackagedFile[] {
  return paths.map((packaged) => {
    const at = destinationOf(entries, packaged.path, 'kept');
    return at.kind === 'found'
      ? { ...packaged, real: at.path, entry: at.entry, capabilities: capabilities.get(at.path) ?? [] }
      : { ...packaged, real: packaged.path, entry: undefined, capabilities: [] };
  });
}
