import { mergedText } from './draft-text.ts';
import type { RemoteAsset, RemoteRelease } from './github-answers.ts';
import type { PlannedRelease } from './release-store.ts';

export interface SeenDraft {
  readonly draft: RemoteRelease;
  readonly assets: readonly RemoteAsset[];
}

export interface TwinPlan {
  /** The one that is completed. */
  readonly chosen: RemoteRelease;
  /** Hold nothing of anybody. */
  readonly removed: readonly RemoteRelease[];
  /** People wrote in them, or they hold what is not planned. */
  readonly kept: readonly RemoteRelease[];
}

/**
 * Which of several drafts that we made of one tag (one at least, oldest first) is completed: the one that people wrote in, else the one with the most
 * assets as planned, else the oldest.
 */
export function planTwins(seen: readonly [SeenDraft, ...SeenDraft[]], release: PlannedRelease): TwinPlan {
  const planned = new Map(release.assets.map((asset) => [asset.name, asset]));
  const rank = ({ draft, assets }: SeenDraft): number => {
    const right = assets.filter(({ name, state, size, sha256 }) => {
      const asset = planned.get(name);
      return state === 'uploaded' && asset?.size === size && asset.sha256 === sha256;
    });
    return right.length + (isWrittenIn(draft, release) ? planned.size + 1 : 0);
  };
  const [first, ...more] = seen;
  const best = more.reduce((most, one) => (rank(one) > rank(most) ? one : most), first);
  const others = seen.filter((one) => one !== best);
  const holdsNothing = ({ draft, assets }: SeenDraft): boolean => !isWrittenIn(draft, release) && isOnlyPlanned(assets, release);
  return {
    chosen: best.draft,
    removed: others.filter(holdsNothing).map(({ draft }) => draft),
    kept: others.filter((one) => !holdsNothing(one)).map(({ draft }) => draft),
  };
}

/** Whether all assets have names of the plan, or never arrived: on a draft of ours they would be replaced as well. */
export function isOnlyPlanned(assets: readonly RemoteAsset[], release: PlannedRelease): boolean {
  const names = new Set(release.assets.map(({ name }) => name));
  return assets.every(({ name, state }) => state !== 'uploaded' || names.has(name));
}

const isWrittenIn = (draft: RemoteRelease, release: PlannedRelease): boolean => mergedText(draft, release).kept.length > 0;
