import { type Answer, booleanOf, fieldsOf, invalid, notFound, page, refusal, textOf } from './answer.ts';
import { type FakeRelease, releaseBody, releaseLimits } from './releases.ts';
import { addRelease, type RepositoryState } from './repository-state.ts';
import type { RouteRequest, Routes } from './route.ts';

/** Releases: several drafts of one tag, hidden from get-by-tag and from readers; published ones freeze where the repository says so. */
export const releaseRoutes: Routes = {
  'repos/list-releases': ({ state, places, lists, url, seesDrafts }) => {
    const all = lists.shown('releases', releaseList(state, places));
    return page(seesDrafts ? all : all.filter((one) => fieldsOf(one)['draft'] !== true), url);
  },
  'repos/get-release-by-tag': (request) =>
    shownOr404(
      request,
      request.state.releases.find((one) => one.tag === request.path['tag'] && !one.draft),
    ),
  'repos/get-latest-release': (request) => shownOr404(request, latestOf(request.state.releases)),
  'repos/get-release': (request) => {
    const release = releaseOf(request);
    return shownOr404(request, release?.draft === true && !request.seesDrafts ? undefined : release);
  },
  'repos/create-release': createRelease,
  'repos/update-release': updateRelease,
  'repos/delete-release': (request) => {
    const { state } = request;
    const release = releaseOf(request);
    if (release === undefined) return notFound;
    if (release.immutable) state.burned.add(release.tag);
    state.releases.splice(state.releases.indexOf(release), 1);
    return { status: 204 };
  },
};

/** Newest first. */
export const releaseList = ({ releases }: RepositoryState, places: RouteRequest['places']): readonly object[] =>
  releases.toReversed().map((release) => releaseBody(release, places));

export const releaseOf = ({ state, path }: RouteRequest): FakeRelease | undefined =>
  state.releases.find(({ id }) => id === Number(path['release_id']));

const shownOr404 = ({ places }: RouteRequest, release: FakeRelease | undefined, status = 200): Answer =>
  release === undefined ? notFound : { status, body: releaseBody(release, places) };

function latestOf(releases: readonly FakeRelease[]): FakeRelease | undefined {
  const able = releases.filter(({ draft, prerelease }) => !draft && !prerelease).toReversed();
  return able.find(({ latest }) => latest === true) ?? able.find(({ latest }) => latest !== false);
}

function createRelease(request: RouteRequest): Answer {
  const { state } = request;
  const given = givenBy(request.body);
  const release: FakeRelease = {
    ...{ id: 0, tag: '', title: null, body: null, commit: state.settings.defaultBranch, draft: false, prerelease: false },
    ...{ immutable: false, assets: [], ...given },
  };
  const refused = refusedFields(state, given, undefined) ?? (release.draft ? undefined : refusedPublishing(state, release));
  if (refused !== undefined) return refused;
  const made = addRelease(state, { ...release, id: state.newId() });
  if (!made.draft) publish(state, made, request.body);
  return shownOr404(request, made, 201);
}

function updateRelease(request: RouteRequest): Answer {
  const { state, body } = request;
  const release = releaseOf(request);
  if (release === undefined) return notFound;
  const given = givenBy(body);
  const changed = { ...release, ...given };
  if (release.immutable && (changed.tag !== release.tag || changed.commit !== release.commit || changed.draft))
    return refusal(422, 'Cannot change the tag of an immutable release.');
  const published = release.draft && !changed.draft;
  const refused = refusedFields(state, given, release) ?? (published ? refusedPublishing(state, changed) : undefined);
  if (refused !== undefined) return refused;
  // Whoever changes a draft without saying its tag again loses the tag.
  Object.assign(release, given, release.draft && given.tag === undefined && !published ? { tag: `untagged-${release.id}` } : {});
  if (published || fieldsOf(body)['make_latest'] !== undefined) publish(state, release, body);
  return shownOr404(request, release);
}

/** The description has been checked before: only what is there is taken over. */
function givenBy(body: unknown): Partial<FakeRelease> {
  const given = fieldsOf(body);
  const [tag, title, text] = [textOf(given['tag_name']), textOf(given['name']), textOf(given['body'])];
  const [commit, draft, prerelease] = [textOf(given['target_commitish']), booleanOf(given['draft']), booleanOf(given['prerelease'])];
  return {
    ...(tag === undefined ? {} : { tag }),
    ...(title === undefined ? {} : { title }),
    ...(text === undefined ? {} : { body: text }),
    ...(commit === undefined ? {} : { commit }),
    ...(draft === undefined ? {} : { draft }),
    ...(prerelease === undefined ? {} : { prerelease }),
  };
}

/** `own`: the release that is changed; undefined for one that is made. */
function refusedFields(
  { git, burned, releases, settings }: RepositoryState,
  { tag, body, commit }: Partial<FakeRelease>,
  own: FakeRelease | undefined,
): Answer | undefined {
  if (body != null && body.length > releaseLimits.bodyCharacters)
    return invalid('Release', 'body', 'custom', `body is too long (maximum is ${releaseLimits.bodyCharacters} characters)`);
  const isFrozen = tag !== undefined && (burned.has(tag) || releases.some((one) => one.immutable && one.tag === tag));
  if (isFrozen && !(own?.immutable === true && own.tag === tag))
    return invalid('Release', 'tag_name', 'custom', 'tag_name was used by an immutable release');
  const isBranch = commit === settings.defaultBranch || git.references.has(`heads/${commit}`);
  if (commit !== undefined && !isBranch && !/^[0-9a-f]{40}$/.test(commit) && !git.references.has(`tags/${tag}`))
    return invalid('Release', 'target_commitish', 'invalid');
  return undefined;
}

function refusedPublishing({ releases }: RepositoryState, { id, tag }: FakeRelease): Answer | undefined {
  const taken = releases.some((one) => one.tag === tag && !one.draft && one.id !== id);
  return taken ? invalid('Release', 'tag_name', 'already_exists') : undefined;
}

/** The tag is made where there is none, the release frozen where the repository says so, and with it the name of its tag burned. */
function publish({ git, settings, burned, releases }: RepositoryState, release: FakeRelease, body: unknown): void {
  const name = `tags/${release.tag}`;
  if (!git.references.has(name)) {
    const head = git.references.get(`heads/${release.commit}`) ?? git.references.get(`heads/${settings.defaultBranch}`);
    git.references.set(name, /^[0-9a-f]{40}$/.test(release.commit) ? release.commit : (head ?? git.push(`heads/${release.commit}`, {})));
  }
  if (settings.immutableReleases || settings.immutableByOwner) {
    release.immutable = true;
    burned.add(release.tag);
  }
  const choice = fieldsOf(body)['make_latest'];
  if (choice === 'true' && !release.prerelease) for (const one of releases) one.latest = one === release ? true : undefined;
  if (choice === 'false') release.latest = false;
}
