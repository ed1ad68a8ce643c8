import type { ManifestFile } from '@release-kit/manifest';

/** One call of lintian: what it is given, and every file it must report on. */
export interface LintBatch {
  /** What the packages were built for: decides the profile. */
  readonly distribution: string;
  /** Names of the files handed to lintian: .changes, or single packages. */
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

/** Whether lintian looks at such a file; source archives are only read with their .dsc. */
export const isChecked = (file: Pick<ManifestFile, 'kind'>): boolean => checked.has(file.kind);

/** What has to stay together, since lintian compares the packages of one source with each other. */
interface Group {
  readonly subjects: readonly string[];
  readonly expected: readonly string[];
  /** Source and version; two groups of the same one cannot share a call. undefined: may be any. */
  readonly key: string | undefined;
  /** Bytes. */
  readonly size: number;
}

/**
 * Decides how lintian is called. A .changes pulls in the files it lists, and gives lintian the checks between source and packages.
 * Several share a call, which saves more than half of the time, but not two of one source and version: lintian would drop one without a
 * word. What no complete .changes lists is handed over by itself, so that every file of the manifest is expected exactly once.
 *
 * @param listed the names of the files in each .changes, by the name of the .changes
 * @param processes in how many calls the files of one distribution are shared out, if there are so many groups
 */
export function planLint(
  files: readonly ManifestFile[],
  listed: ReadonlyMap<string, readonly string[]>,
  processes: (groups: number) => number = () => 1,
): LintPlan {
  const batches: LintBatch[] = [];
  const notes: string[] = [];
  for (const distribution of [...new Set(files.map((file) => file.distribution))].sort()) {
    const groups = groupsOf(
      files.filter((file) => file.distribution === distribution),
      listed,
      notes,
    );
    for (const call of shareOut(groups, processes(groups.length))) {
      const subjects = call.flatMap((group) => group.subjects).sort();
      batches.push({ distribution, subjects, expected: call.flatMap((group) => group.expected).sort() });
    }
  }
  return { batches, notes };
}

function groupsOf(here: readonly ManifestFile[], listed: ReadonlyMap<string, readonly string[]>, notes: string[]): readonly Group[] {
  const sizes = new Map(here.map((file) => [file.path, file.size]));
  const sizeOf = (names: readonly string[]): number => names.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
  const open = new Set(here.filter(isChecked).map((file) => file.path));
  const groups: Group[] = [];
  for (const changes of here.filter((file) => file.kind === 'changes')) {
    const inside = listed.get(changes.path) ?? [];
    const absent = inside.filter((name) => !sizes.has(name));
    if (absent.length > 0) {
      open.delete(changes.path);
      notes.push(`${changes.path} lists ${absent.join(', ')}, which the manifest does not: its packages are checked one by one`);
      continue;
    }
    const expected = [changes.path, ...inside].filter((name) => open.delete(name));
    groups.push({
      subjects: [changes.path],
      expected,
      key: `${changes.package} ${changes.version}`,
      size: sizeOf([changes.path, ...inside]),
    });
  }
  const rest = [...open];
  return rest.length === 0 ? groups : [...groups, { subjects: rest, expected: rest, key: undefined, size: sizeOf(rest) }];
}

/** The largest first, each to the call that has least so far and none of its source; the same groups always give the same calls. */
function shareOut(groups: readonly Group[], processes: number): readonly (readonly Group[])[] {
  const calls: Group[][] = Array.from({ length: Math.min(processes, groups.length) }, () => []);
  const load = (call: readonly Group[]): number => call.reduce((sum, group) => sum + group.size, 0);
  // What stands alone may be of any source, so it shares no call.
  const inOrder = groups.toSorted((a, b) => Number(a.key === undefined) - Number(b.key === undefined) || b.size - a.size);
  for (const group of inOrder) {
    const [call] = calls
      .filter((each) => (group.key === undefined ? each.length === 0 : each.every(({ key }) => key !== group.key)))
      .sort((a, b) => load(a) - load(b));
    if (call === undefined) calls.push([group]);
    else call.push(group);
  }
  return calls.filter((call) => call.length > 0);
}

/** Every file that must have an entry in a report, by name. */
export function checkedFiles(batches: readonly LintBatch[]): readonly { readonly name: string; readonly distribution: string }[] {
  const files = batches.flatMap(({ distribution, expected }) => expected.map((name) => ({ name, distribution })));
  return files.sort((a, b) => (`${a.name} ${a.distribution}` < `${b.name} ${b.distribution}` ? -1 : 1));
}
