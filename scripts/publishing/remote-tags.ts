import { Refusal } from './refusal.ts';
import { compareVersions, floatingTag, type ReleaseVersion, releaseVersion } from './version.ts';

export interface RemoteTag {
  /** What the ref names: a tag object or a commit. */
  readonly object: string;
  /** The commit behind it. */
  readonly commit: string;
}

/** Short name -> tag. */
export type RemoteTags = ReadonlyMap<string, RemoteTag>;

/** Reads `git ls-remote` with `--tags`; `^{}` lines give the commit behind an annotated tag. */
export function remoteTags(listing: string): RemoteTags {
  const tags = new Map<string, RemoteTag>();
  for (const line of listing.split('\n')) {
    const match = /^([0-9a-f]{40})\trefs\/tags\/(.+?)(\^\{\})?$/.exec(line);
    const [, object, name, peeled] = match ?? [];
    if (object === undefined || name === undefined) continue;
    tags.set(name, peeled === undefined ? { object, commit: object } : { object: tags.get(name)?.object ?? object, commit: object });
  }
  return tags;
}

export interface Published {
  readonly version: ReleaseVersion;
  /** The second commit. */
  readonly commit: string;
  /** The annotated tag on it. */
  readonly tag: string;
}

/** One ref to be changed; `seen`: what it names now, undefined when it must not exist. */
export interface RefChange {
  readonly name: string;
  readonly seen: string | undefined;
  readonly to: string;
}

export interface RefPlan {
  readonly exact: RefChange | undefined;
  readonly floating: RefChange | undefined;
  /** Why the floating tag stays, for people. */
  readonly stays: string | undefined;
}

/**
 * What has to change in the repository: the exact tag is made once and never moved; the floating one only forward, by version, to the
 * newest release of its line.
 *
 * @throws Refusal tag-taken, floating-tag
 */
export function planRefs({ version, commit, tag }: Published, tags: RemoteTags): RefPlan {
  const there = tags.get(version.tag);
  if (there !== undefined && there.commit !== commit)
    throw new Refusal(
      'tag-taken',
      `${version.tag} is published already, and is another commit: ${there.commit}, not ${commit}`,
      'A published version never changes. Publish the next one; or build the commit that the tag was made from, with the tools of its lock file.',
    );
  const exact = there === undefined ? { name: version.tag, seen: undefined, to: tag } : undefined;
  return { exact, ...planFloating(version, commit, tags) };
}

function planFloating(version: ReleaseVersion, commit: string, tags: RemoteTags): Pick<RefPlan, 'floating' | 'stays'> {
  const name = floatingTag(version);
  if (name === undefined)
    return {
      floating: undefined,
      stays: version.candidate === undefined ? '0.x has no floating tag' : 'a candidate moves no floating tag',
    };
  const newest = releasesOf(name, tags).at(-1);
  if (newest !== undefined && compareVersions(newest, version) > 0)
    return { floating: undefined, stays: `${name} stays with ${newest.tag}, which is newer` };
  const seen = tags.get(name);
  if (seen === undefined) return { floating: { name, seen: undefined, to: commit }, stays: undefined };
  if (seen.commit === commit) return { floating: undefined, stays: `${name} is there already` };
  if (!releasesOf(name, tags).some(({ tag }) => tags.get(tag)?.commit === seen.commit))
    throw new Refusal(
      'floating-tag',
      `${name} is ${seen.commit}, which is none of the releases that are published`,
      'Somebody moved it. Find out who and why, put it back to the newest release, and run again.',
    );
  return { floating: { name, seen: seen.object, to: commit }, stays: undefined };
}

/** Published releases that the floating tag may name, oldest first. */
function releasesOf(floating: string, tags: RemoteTags): readonly ReleaseVersion[] {
  return [...tags.keys()]
    .flatMap((tag) => releaseVersion(tag) ?? [])
    .filter((version) => floatingTag(version) === floating)
    .sort(compareVersions);
}
