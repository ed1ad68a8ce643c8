import { type Host, inertLine } from '@release-kit/action';
import { type Git, nearTagsBefore, readTags, tagsBefore } from '@release-kit/git';
import { greatestTag, likelyPatterns, type OverlookedTag, overlookedTags, packageTags, tagName } from '@release-kit/history';
import type { HistoryRequest } from './history-request.ts';
import type { NextRelease } from './project-history.ts';

/**
 * Says when tags before the newest commit look like releases and do not count: with another pattern version and notes would be others, and nobody sees that in
 * them. Not where somebody has named what decides both.
 *
 * @throws UserError E_GIT
 */
export async function tellOverlooked(next: NextRelease, request: HistoryRequest, git: Git, { log }: Pick<Host, 'log'>): Promise<void> {
  const { end, before } = next;
  const isNamed = request.from !== undefined && (end.tag !== undefined || request.named.input !== undefined);
  const last = greatestTag(before);
  // The first release of one of several packages is nothing odd.
  if (isNamed || (last === undefined && request.package.name !== '')) return;
  const ownerOf = packageTags(request.packages);
  const strays = (await readTags(git)).filter(({ name }) => ownerOf(name) === undefined);
  const looking = overlookedTags(strays, request.package.family, last);
  if (looking.length === 0) return;
  const found = last === undefined ? await tagsBefore(git, end.sha, looking, any) : await nearTagsBefore(git, end.sha, looking, any);
  const tag = found?.at(-1);
  if (tag === undefined) return;
  const place = before.find(({ name }) => name === last?.name);
  if (place !== undefined && (await tagsBefore(git, place.sha, [tag])).length > 0) return;
  const pattern = tagName(request.package.family, '*');
  log.warning(
    last === undefined ? nothingFits(looking, tag, pattern) : cameLater(tag, inertLine(last.name), request.package.family.prefix),
  );
}

const any = (): boolean => true;
const shownPatterns = 3;
const unread =
  'not of the form 1.2.3 (three numbers, no leading zeros), so name what to compare with (from) and the next version (version)';

function nothingFits(looking: readonly OverlookedTag[], found: OverlookedTag, pattern: string): string {
  const patterns = likelyPatterns(looking).slice(0, shownPatterns);
  const shown = looking.find(({ prefix, isVersion }) => isVersion && patterns[0] === `${prefix}*`) ?? found;
  const one = looking.length === 1;
  const many = one
    ? `${inertLine(shown.name)} looks like a release`
    : `${looking.length} tags look like releases, such as ${inertLine(shown.name)}`;
  const cure =
    patterns.length > 0
      ? `if ${one ? 'it is one' : 'they are'}, ${otherPattern(patterns)}`
      : `${one ? 'its version is' : 'their versions are'} ${unread}`;
  return `this is told as the first release, as no tag before it is ${pattern} with a semantic version; but ${many}: ${cure}`;
}

function cameLater(tag: OverlookedTag, last: string, prefix: string): string {
  const patterns = tag.prefix === prefix ? [] : likelyPatterns([tag]);
  const cure = patterns.length > 0 ? `if it is one, ${otherPattern(patterns)}` : `its version is ${unread}`;
  return `${inertLine(tag.name)} looks like a release after ${last} and does not count: ${cure}`;
}

function otherPattern(patterns: readonly string[]): string {
  return `give tags as ${patterns.map((pattern) => JSON.stringify(pattern)).join(' or ')}, or set changelog.tags in the configuration`;
}
