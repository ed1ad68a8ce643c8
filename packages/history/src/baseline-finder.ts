import { awaitedCommits } from './awaited-commits.ts';
import { coreOf } from './baseline.ts';
import type { ReleaseTag } from './release-tag.ts';

/** Finds what releases are compared with while a history goes by, children first. Releases are named by their index, lowest first. */
export interface BaselineFinder {
  /** A commit, and the releases that it is, lowest first. */
  readonly take: (sha: string, parents: readonly string[], own: readonly number[]) => void;
  /**
   * Of a release whose commit went by: the greatest that `findBaseline` would choose among its ancestors; undefined of a first release; `later` while a
   * better one may still come.
   */
  readonly baselineOf: (index: number) => number | undefined | 'later';
  /** The releases that no more commits will be: a caller found out, or the history is at its end. */
  readonly ruleOut: (isComing: (index: number) => boolean) => void;
}

interface Search {
  readonly ancestors: Set<number>;
  readonly candidates: Iterator<number, undefined>;
  candidate: number | undefined;
}

/**
 * Every commit that is still to come knows the releases that contain it and still look for their baseline. Mostly that is one: the search of a release ends
 * at the next release of its line. So memory is that of parallel lines, and time linear.
 *
 * @param releases lowest first
 */
export function baselineFinder(releases: readonly ReleaseTag[]): BaselineFinder {
  const awaited = awaitedCommits<readonly number[]>();
  const searches = new Map<number, Search>();
  const found = new Map<number, number | undefined>();
  const passed = new Set<number>();

  const goOn = (index: number, search: Search): void => {
    while (search.candidate !== undefined && !search.ancestors.has(search.candidate)) {
      if (!passed.has(search.candidate)) return;
      search.candidate = search.candidates.next().value;
    }
    found.set(index, search.candidate);
    searches.delete(index);
  };
  const goOnAll = (): void => {
    for (const [index, search] of searches) goOn(index, search);
  };
  const searching = (within: readonly number[] | undefined): readonly number[] =>
    within === undefined || within.every((index) => searches.has(index)) ? (within ?? none) : within.filter((index) => searches.has(index));

  return {
    take: (sha, parents, own) => {
      let within = awaited.remove(sha);
      if (own.length > 0) {
        for (const index of own) {
          const candidates = candidatesOf(releases, index);
          searches.set(index, { ancestors: new Set(), candidates, candidate: candidates.next().value });
          passed.add(index);
        }
        within = union(searching(within), own);
        for (const index of within) for (const other of own) if (other !== index) searches.get(index)?.ancestors.add(other);
        goOnAll();
      }
      const left = searching(within);
      if (left.length > 0) for (const parent of parents) awaited.set(parent, union(searching(awaited.get(parent)), left));
    },
    baselineOf: (index) => (found.has(index) ? found.get(index) : 'later'),
    ruleOut: (isComing) => {
      for (const index of releases.keys()) if (!isComing(index)) passed.add(index);
      goOnAll();
    },
  };
}

const none: readonly number[] = [];

/** The same list again where one holds the other, so that lists are few. */
function union(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  const both = new Set([...a, ...b]);
  return both.size === a.length ? a : both.size === b.length ? b : [...both];
}

/** What a release may be compared with, the best first, by the rules of `findBaseline`. */
function* candidatesOf(releases: readonly ReleaseTag[], index: number): Generator<number, undefined> {
  const release = releases[index];
  if (release === undefined) return undefined;
  const core = coreOf(release.version);
  const isOfLine = (other: ReleaseTag) => release.prerelease && other.prerelease && coreOf(other.version) === core;
  for (const accepts of [isOfLine, (other: ReleaseTag) => !other.prerelease, (other: ReleaseTag) => release.prerelease && other.prerelease])
    for (let lower = index - 1; lower >= 0; lower -= 1) {
      const other = releases[lower];
      if (other !== undefined && accepts(other)) yield lower;
    }
  return undefined;
}
