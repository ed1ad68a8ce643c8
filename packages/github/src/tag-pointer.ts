import { type Host, inertLine, UserError } from '@release-kit/action';
import type { GitHubCalls } from './github-calls.ts';
import { isTaken, isUncertain } from './github-errors.ts';
import { lookAgain } from './our-drafts.ts';
import { tagCommit } from './tag-commit.ts';

export interface TagMove {
  readonly tag: string;
  /** The commit it named when the move was decided; undefined: there was no such tag. */
  readonly seen: string | undefined;
  readonly commit: string;
}

/** Moves or makes a tag. GitHub compares nothing, so it is looked at once more right before. E_TAG_MOVED. */
export async function pointTag(calls: GitHubCalls, move: TagMove, { clock }: Pick<Host, 'clock'>): Promise<void> {
  const { tag, seen, commit } = move;
  for (let tries = 0; ; tries += 1) {
    const now = await tagCommit(calls, tag);
    if (now === commit) return;
    if (now !== seen) throw movedMeanwhile(move, now);
    try {
      await write(calls, move);
      return;
    } catch (error) {
      if (isTaken(error)) throw movedMeanwhile(move, undefined);
      if (!isUncertain(error) || tries >= lookAgain.length) throw error;
      await clock.sleep(lookAgain[tries] ?? 0);
    }
  }
}

async function write({ at, call }: GitHubCalls, { tag, seen, commit }: TagMove): Promise<void> {
  if (seen === undefined) {
    await call(`making the tag ${tag}`, 'POST /repos/{owner}/{repo}/git/refs', { ...at, ref: `refs/tags/${tag}`, sha: commit });
    return;
  }
  const route = 'PATCH /repos/{owner}/{repo}/git/refs/{ref}';
  await call(`moving the tag ${tag}`, route, { ...at, ref: `tags/${tag}`, sha: commit, force: true });
}

function movedMeanwhile({ tag, seen }: TagMove, now: string | undefined): UserError {
  const found = now === undefined ? 'is made by somebody else' : `names ${inertLine(now)}`;
  return new UserError('E_TAG_MOVED', `the tag ${inertLine(tag)} ${found} now, and ${seen ?? 'was not there'} a moment ago`, {
    cure: 'Find out who else moves it, then run again.',
  });
}
