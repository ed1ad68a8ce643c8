import type { ParsedCommit } from './commit.ts';

/** What a commit does to a root: a commit that is no revert, by its index, or something outside the list. */
interface Effect {
  readonly root: number;
  /** Whether the root is in effect before the commit, and after it. */
  readonly before: boolean;
  readonly after: boolean;
}

/** So many effects of one revert are looked at; GitHub lists at most 250 commits of a squash. */
const maxEffects = 1000;

type Targets = readonly (readonly number[] | undefined)[];

/** Keeps account of what is in effect while a list of commits is gone through from old to new. */
export interface EffectLedger {
  /** A commit that is no revert. */
  readonly add: (index: number) => void;
  /** A revert that does nothing. */
  readonly addIdle: (index: number) => void;
  /**
   * A revert of these commits and of what `outside` names: SHAs, or '' for something without one. Answers which commits of the list it put back in effect.
   */
  readonly takeBack: (index: number, targets: Targets, outside: readonly string[]) => readonly number[];
  /** Of a revert: something is as it left it. */
  readonly isInEffect: (index: number) => boolean;
  /** Whether an earlier revert named this SHA, and the list does not have it. */
  readonly isOutside: (sha: string) => boolean;
  /** At the end. */
  readonly isLeft: (index: number) => boolean;
}

export function effectLedger(commits: readonly ParsedCommit[]): EffectLedger {
  const inEffect: boolean[] = new Array(commits.length).fill(false);
  const writers: number[] = new Array(commits.length).fill(-1);
  const effectsOfReverts = new Map<number, readonly Effect[]>();
  const outsiders = new Map<string, number>();

  const outsider = (sha: string): number => {
    const root = (sha === '' ? undefined : outsiders.get(sha)) ?? inEffect.push(true) - 1;
    writers[root] ??= -1;
    if (sha !== '') outsiders.set(sha, root);
    return root;
  };
  const effectsOf = (index: number): readonly Effect[] => effectsOfReverts.get(index) ?? [{ root: index, before: false, after: true }];
  const isWriter = (index: number) => (effectsOfReverts.get(index) ?? []).filter(({ root }) => writers[root] === index);

  return {
    add: (index) => {
      inEffect[index] = true;
      writers[index] = index;
    },
    addIdle: (index) => {
      effectsOfReverts.set(index, []);
    },
    takeBack: (index, targets, outside) => {
      const effects = combined(targets, effectsOf) ?? [];
      const taken = effects.length === 0 && outside.length === 0 ? [''] : outside;
      const named = taken.slice(0, maxEffects).map((sha) => ({ root: outsider(sha), before: false, after: true }));
      // What is named itself counts more than what another commit did to it.
      const undone = [...new Map([...effects, ...named].map((effect) => [effect.root, effect])).values()];
      effectsOfReverts.set(
        index,
        undone.map(({ root, before, after }) => ({ root, before: after, after: before })),
      );
      const again: number[] = [];
      for (const { root, before } of undone) {
        if (before && inEffect[root] === false && root < commits.length) again.push(root);
        inEffect[root] = before;
        writers[root] = index;
      }
      return again;
    },
    isInEffect: (index) => (effectsOfReverts.has(index) ? isWriter(index).length > 0 : inEffect[index] === true),
    isOutside: (sha) => outsiders.has(sha),
    isLeft: (index) => {
      if (commits[index]?.kind === 'merge') return true;
      if (!effectsOfReverts.has(index)) return inEffect[index] === true;
      return isWriter(index).some(({ root, after }) => !after && (root >= commits.length || commits[root]?.kind === 'merge'));
    },
  };
}

/** What several commits do together, oldest first: what was before the first of them, and is after the last. Undefined when that is too much. */
function combined(targets: Targets, effectsOf: (index: number) => readonly Effect[]): readonly Effect[] | undefined {
  if (targets.reduce((sum, some) => sum + (some?.length ?? 0), 0) > maxEffects) return undefined;
  const effects = new Map<number, Effect>();
  let count = 0;
  for (const index of targets.flatMap((some) => some ?? []).sort((a, b) => b - a)) {
    const some = effectsOf(index);
    count += some.length;
    if (count > maxEffects) return undefined;
    for (const { root, before, after } of some) effects.set(root, { root, before: effects.get(root)?.before ?? before, after });
  }
  return [...effects.values()];
}
