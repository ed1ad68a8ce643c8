import { inertLine, UserError } from '@release-kit/action';
import type { Channel, ChannelRules } from './channel.ts';
import { isGoodStable, latestRelease } from './latest-release.ts';
import { bannerSteps, channelNow, insteadOf, type ReleaseStep } from './release-banners.ts';
import type { KnownRelease, ReleaseChange } from './release-catalog.ts';
import { type MarkText, markedBody, markOf, unmarkedBody } from './release-mark.ts';

export interface RollbackRequest {
  /** `restore` takes back what the others did. */
  readonly mode: 'rollback' | 'yank' | 'restore';
  readonly tag: string;
  readonly reason: string | undefined;
  readonly rules: ChannelRules;
}

export type RollbackStep = ReleaseStep;

export interface RollbackPlan {
  readonly release: KnownRelease;
  readonly channel: Channel;
  /** What people should use: the greatest good one; undefined when there is none. */
  readonly instead: KnownRelease | undefined;
  /** In the order in which they are done; none when all is as it should be. */
  readonly steps: readonly RollbackStep[];
  /** All releases as they are when the steps are done. */
  readonly after: readonly KnownRelease[];
}

const maxBodyCharacters = 125_000;

/**
 * What has to happen so that nobody is led to a bad release any more, or is led to it again. Users are led elsewhere first, then the release is
 * marked, and banners that led to it lead elsewhere. Done again there is nothing left to do. E_INPUT, E_RELEASE_EXISTS for what can never be changed.
 *
 * @param latest id of the release that is shown as the latest
 */
export function planRollback(request: RollbackRequest, releases: readonly KnownRelease[], latest: string | undefined): RollbackPlan {
  const release = chosen(request, releases);
  const channel = channelNow(release, request.rules);
  const others = releases.filter(({ id }) => id !== release.id);
  const instead = insteadOf(release, releases, request.rules);
  const change = request.mode === 'restore' ? restored(release) : marked(release, request, instead);
  const changed: KnownRelease = { ...release, ...change, mark: markOf(change.body ?? release.body) };
  const after = [...others, changed];
  const greatest = latestRelease(after, request.rules);
  const isChanged = change.body !== undefined || change.draft !== undefined;
  // Said along with the change, so that GitHub never chooses by time.
  const own: ReleaseChange =
    isChanged && !changed.draft && !changed.prerelease ? { ...change, latest: greatest?.id === release.id } : change;
  const mark: readonly RollbackStep[] = isChanged ? [{ says: wordsOf(request, release), release, change: own }] : [];
  // Another good one that somebody chose stays the latest.
  const leadsAstray = !after.some((one) => one.id === latest && isGoodStable(one, request.rules));
  const lead: readonly RollbackStep[] =
    leadsAstray && greatest !== undefined && !(isChanged && greatest.id === release.id)
      ? [{ says: `make ${inertLine(greatest.tag)} the latest release`, release: greatest, change: { latest: true } }]
      : [];
  const banners = bannerSteps(after, request.rules);
  return { release, channel, instead, steps: [...lead, ...mark, ...banners], after };
}

function wordsOf({ mode }: RollbackRequest, { tag, draft }: KnownRelease): string {
  const name = inertLine(tag);
  if (mode === 'rollback') return `mark ${name} as rolled back; its assets stay`;
  if (mode === 'yank') return `hide ${name}: it becomes a draft again; its assets stay, and so does its tag`;
  return draft ? `publish ${name} again` : `take the mark from ${name}`;
}

function chosen({ mode, tag }: RollbackRequest, releases: readonly KnownRelease[]): KnownRelease {
  const same = releases.filter((one) => one.tag === tag);
  // One that is hidden is a draft; drafts of a release that never came out are not meant.
  const found = same.find(({ draft }) => !draft) ?? same.find(({ mark }) => mark === 'yanked');
  if (found === undefined)
    throw new UserError(
      'E_INPUT',
      `${inertLine(tag)} is not published, so there is nothing to ${mode === 'rollback' ? 'roll back' : mode}`,
      {
        cure: same.length === 0 ? 'Name the tag of a published release.' : 'It is a draft: remove it on the page of the releases.',
      },
    );
  if (mode === 'rollback' && found.draft)
    throw new UserError('E_INPUT', `${inertLine(tag)} is yanked, which hides more than a rollback`, {
      cure: 'Run mode restore first, if it should be seen again.',
    });
  if (mode === 'yank' && found.immutable)
    throw new UserError('E_RELEASE_EXISTS', `${inertLine(tag)} is immutable: GitHub lets nobody hide it or change its assets`, {
      cure: 'Run mode rollback: it marks the notes and leads users to another release. Deleting it by hand burns the name of its tag for ever.',
    });
  return found;
}

function marked(release: KnownRelease, { mode, reason }: RollbackRequest, instead: KnownRelease | undefined): ReleaseChange {
  const mark: MarkText = { mark: mode === 'yank' ? 'yanked' : 'rolled-back', instead: instead?.tag, reason };
  // A mark that is there stays, unless there is something new to say.
  if (release.mark === mark.mark && reason === undefined && release.draft === (mode === 'yank')) return {};
  const body = markedBody(release.body, mark);
  if (body.length > maxBodyCharacters)
    throw new UserError('E_INPUT', `the notes of ${inertLine(release.tag)} leave no room for the mark`, {
      cure: `Shorten them by ${body.length - maxBodyCharacters} characters, then run again.`,
    });
  return {
    ...(body === release.body ? {} : { body }),
    ...(mode === 'yank' && !release.draft ? { draft: true } : {}),
  };
}

function restored(release: KnownRelease): ReleaseChange {
  const body = unmarkedBody(release.body);
  return { ...(body === release.body ? {} : { body }), ...(release.draft ? { draft: false } : {}) };
}
