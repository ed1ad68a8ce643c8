import type { ManifestFile } from '@release-kit/manifest';

/** One call of lintian: what it is given, and every file it must report on. */
export interface LintBatch {
  readonly distribution: string;
  /** Names of the files handed to lintian: one .changes, or single packages. */
  readonly subjects: readonly string[];
  /** Names of the files that must each have an entry in its report. */
  readonly expected: readonly string[];
}

export interface LintPlan {
  readonly batches: readonly LintBatch[];
  /** Decisions worth a line in the log. */
  readonly notes: readonly string[];
}

const checked: ReadonlySet<ManifestFile['kind']> = new Set(['deb', 'ddeb', 'udeb', 'changes', 'dsc', 'buildinfo']);

/**
 * Decides how lintian is called. A .changes pulls in the files it lists, and gives lintian the checks between source and
 * packages; each one is a call of its own, as two builds of one version cannot share a call. What no complete .changes
 * lists is handed over by itself, so that every file of the manifest is expected exactly once.
 *
 * @param listed the names of the files in each .changes, by the name of the .changes
 */
export function planLint(files: readonly ManifestFile[], listed: ReadonlyMap<string, readonly string[]>): LintPlan {
  const batches: LintBatch[] = [];
  const notes: string[] = [];
  for (const distribution of [...new Set(files.map((file) => file.distribution))].sort()) {
    const here = files.filter((file) => file.distribution === distribution);
    const names = new Set(here.map((file) => file.path));
    const open = new Set(here.filter((file) => checked.has(file.kind)).map((file) => file.path));
    for (const changes of here.filter((file) => file.kind === 'changes')) {
      const inside = listed.get(changes.path) ?? [];
      const absent = inside.filter((name) => !names.has(name));
      if (absent.length > 0) {
        open.delete(changes.path);
        notes.push(`${changes.path} lists ${absent.join(', ')}, which the manifest does not: its packages are checked one by one`);
        continue;
      }
      const expected = [changes.path, ...inside].filter((name) => open.delete(name));
      batches.push({ distribution, subjects: [changes.path], expected: expected.sort() });
    }
    const rest = [...open].sort();
    if (rest.length > 0) batches.push({ distribution, subjects: rest, expected: rest });
  }
  return { batches, notes };
}

/** Files that lintian needs beside its subjects: all of the distribution, source archives included. */
export function neededFiles(files: readonly ManifestFile[], distribution: string): readonly string[] {
  return files.filter((file) => file.distribution === distribution).map((file) => file.path);
}

/** Every file that must have an entry in a report, by name. */
export function checkedFiles(batches: readonly LintBatch[]): readonly { readonly name: string; readonly distribution: string }[] {
  const files = batches.flatMap(({ distribution, expected }) => expected.map((name) => ({ name, distribution })));
  return files.sort((a, b) => (`${a.name} ${a.distribution}` < `${b.name} ${b.distribution}` ? -1 : 1));
}
