import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Answer, asDescribed, authorize, bytesOf, invalid, notFound, page, send } from './answer.ts';
import { answerChecks, type FakeCheckRun } from './check-runs.ts';
import { describeRequest, describeResponse, type Match } from './description.ts';
import { answerGitData, type FakeGitData, fakeGitData } from './git-data.ts';
import { answerPulls, type FakePulls, fakePulls } from './pull-requests.ts';
import { assetBody, type FakeAsset, type FakeRelease, releaseBody, storedName } from './releases.ts';

export interface Call {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** The operation's id in GitHub's reference, such as `repos/create-release`. */
  readonly operation: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

export interface FakeGitHub extends AsyncDisposable {
  /** For GITHUB_API_URL. */
  readonly url: string;
  readonly repository: string;
  readonly releases: FakeRelease[];
  readonly checks: FakeCheckRun[];
  readonly git: FakeGitData;
  readonly pulls: FakePulls;
  readonly calls: Call[];
  /** Where a request or an answer breaks GitHub's own description; a test expects none. */
  readonly violations: string[];
  /** Asked before each call; an answer is given in place of the real one, which does not happen. */
  fault: (call: Call) => Answer | undefined;
  /** Asked after each call took effect; an answer replaces the one that the client would get, as when a reply is lost. */
  lostReply: (call: Call) => Answer | undefined;
  /** What the storage of assets sends in place of the bytes. */
  tamper: (bytes: Uint8Array) => Uint8Array;
  /** Whether what is public may be read without a token. */
  anonymous: boolean;
  addRelease(release: Partial<FakeRelease>): FakeRelease;
}

/**
 * A stand-in for the part of GitHub's REST interface that releases and checks need, on loopback: drafts are hidden from
 * get-by-tag, asset names are rewritten, the same name twice is 422 already_exists, broken uploads stay behind as `starter`.
 * Requests and answers are checked against GitHub's OpenAPI description.
 */
export async function startFakeGitHub(repository = 'owner/project'): Promise<FakeGitHub> {
  const releases: FakeRelease[] = [];
  const checks: FakeCheckRun[] = [];
  const git = fakeGitData();
  const pulls = fakePulls(repository.replace(/\/.*$/, ''), git);
  const calls: Call[] = [];
  const violations: string[] = [];
  let lastId = 100;
  const newId = (): number => (lastId += 1);
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      violations.push(`the stand-in failed: ${String(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;

  const github: FakeGitHub = {
    url: base,
    repository,
    releases,
    checks,
    git,
    pulls,
    calls,
    violations,
    fault: () => undefined,
    lostReply: () => undefined,
    tamper: (bytes) => bytes,
    anonymous: false,
    addRelease(given) {
      const release: FakeRelease = {
        id: newId(),
        tag: 'v0.0.1',
        title: null,
        body: null,
        commit: 'main',
        draft: true,
        prerelease: false,
        immutable: false,
        assets: [],
        ...given,
      };
      releases.push(release);
      return release;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', base);
    const stored = /^\/storage\/(\d+)$/.exec(url.pathname)?.[1];
    if (stored !== undefined) {
      if (request.headers.authorization !== undefined) violations.push('the storage of assets was given a token');
      const asset = releases.flatMap(({ assets }) => assets).find(({ id }) => id === Number(stored));
      response.writeHead(asset === undefined ? 404 : 200, { 'content-type': 'application/octet-stream' });
      response.end(github.tamper(asset?.bytes ?? new Uint8Array()));
      return;
    }
    const upload = url.pathname.startsWith('/uploads/');
    const bytes = await bytesOf(request);
    const body: unknown = upload || bytes.length === 0 ? undefined : JSON.parse(bytes.toString('utf8'));
    const method = request.method ?? 'GET';
    const { match, problems } = describeRequest(
      method,
      upload ? url.pathname.slice('/uploads'.length) : url.pathname,
      url.searchParams,
      body,
    );
    violations.push(...problems);
    const call: Call = {
      method,
      url: `${url.pathname}${url.search}`,
      operation: match?.id ?? '',
      authorization: request.headers.authorization,
      body,
    };
    calls.push(call);
    const forced = github.fault(call);
    const real =
      forced ??
      (github.anonymous && method === 'GET' ? undefined : authorize(request)) ??
      (match === undefined ? notFound : answer(match, url, body, bytes, request));
    // Faults are what GitHub's description does not promise: proxies, outages, lost permissions.
    if (forced === undefined && match !== undefined && real.status !== 401 && real.status !== 404)
      violations.push(...describeResponse(match.id, real.status, asDescribed(real.body)));
    send(response, github.lostReply(call) ?? real);
  }

  function answer({ id, path }: Match, url: URL, body: unknown, bytes: Buffer, request: IncomingMessage): Answer {
    if (`${path['owner']}/${path['repo']}` !== repository) return notFound;
    if (id.startsWith('checks/')) return answerChecks(checks, newId, base, { id, path, query: url.searchParams, body });
    if (id.startsWith('git/')) return answerGitData(git, { id, path }, base, body);
    if (id.startsWith('pulls/')) return answerPulls(pulls, { id, path }, url, body, { base, repository });
    const release = releases.find((one) => one.id === Number(path['release_id']));
    switch (id) {
      case 'repos/list-releases':
        return page([...releases].reverse().map(shown), url);
      case 'repos/get-release-by-tag': {
        const found = releases.find((one) => one.tag === path['tag'] && !one.draft);
        return found === undefined ? notFound : { status: 200, body: shown(found) };
      }
      case 'repos/create-release': {
        const fields = fieldsOf(body);
        if (releases.some((one) => one.tag === fields.tag && !one.draft)) return invalid('Release', 'tag_name', 'already_exists');
        return { status: 201, body: shown(github.addRelease(fields)) };
      }
      case 'repos/upload-release-asset':
        return release === undefined ? notFound : uploadTo(release, url, bytes, request);
      case 'repos/get-release-asset':
        return contentOf(Number(path['asset_id']), request);
      case 'repos/delete-release-asset': {
        const assetId = Number(path['asset_id']);
        const owner = releases.find(({ assets }) => assets.some((asset) => asset.id === assetId));
        if (owner === undefined) return notFound;
        owner.assets.splice(
          owner.assets.findIndex((asset) => asset.id === assetId),
          1,
        );
        return { status: 204 };
      }
      default:
        return release === undefined ? notFound : answerRelease(id, release, url, body);
    }
  }

  /** Its description, or as GitHub does where its bytes are asked for: the way to another host, which wants no token. */
  function contentOf(assetId: number, request: IncomingMessage): Answer {
    const asset = releases.flatMap(({ assets }) => assets).find(({ id }) => id === assetId);
    if (asset === undefined) return notFound;
    if (request.headers.accept !== 'application/octet-stream') return { status: 200, body: assetBody(asset, base, repository) };
    return { status: 302, headers: { location: `${base.replace('127.0.0.1', 'localhost')}/storage/${assetId}` } };
  }

  function answerRelease(id: string, release: FakeRelease, url: URL, body: unknown): Answer {
    switch (id) {
      case 'repos/get-release':
        return { status: 200, body: shown(release) };
      case 'repos/update-release':
        Object.assign(release, fieldsOf(body));
        return { status: 200, body: shown(release) };
      case 'repos/delete-release':
        releases.splice(releases.indexOf(release), 1);
        return { status: 204 };
      case 'repos/list-release-assets':
        return page(
          release.assets.map((asset) => assetBody(asset, base, repository)),
          url,
        );
      default:
        return notFound;
    }
  }

  function uploadTo(release: FakeRelease, url: URL, bytes: Buffer, request: IncomingMessage): Answer {
    const name = storedName(url.searchParams.get('name') ?? '');
    if (release.immutable) return { status: 422, body: { message: 'Cannot upload assets to an immutable release.' } };
    if (release.assets.some((asset) => asset.name === name)) return invalid('ReleaseAsset', 'name', 'already_exists');
    const length = Number(request.headers['content-length'] ?? Number.NaN);
    if (length !== bytes.length) violations.push(`the upload of ${name} says content-length ${length} for ${bytes.length} bytes`);
    const asset: FakeAsset = {
      id: newId(),
      name,
      label: url.searchParams.get('label'),
      contentType: request.headers['content-type'] ?? '',
      bytes,
      state: 'uploaded',
    };
    release.assets.push(asset);
    return { status: 201, body: assetBody(asset, base, repository) };
  }

  const shown = (release: FakeRelease): object => releaseBody(release, base, repository);

  return github;
}

/** The description has been checked before: only what is there is taken over. */
function fieldsOf(body: unknown): Partial<FakeRelease> {
  const given: Readonly<Record<string, unknown>> = typeof body === 'object' && body !== null ? { ...body } : {};
  const { tag_name: tag, name: title, body: text, target_commitish: commit, draft, prerelease } = given;
  return {
    ...(typeof tag === 'string' ? { tag } : {}),
    ...(typeof title === 'string' ? { title } : {}),
    ...(typeof text === 'string' ? { body: text } : {}),
    ...(typeof commit === 'string' ? { commit } : {}),
    ...(typeof draft === 'boolean' ? { draft } : {}),
    ...(typeof prerelease === 'boolean' ? { prerelease } : {}),
  };
}
