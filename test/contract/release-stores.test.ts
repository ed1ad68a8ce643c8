import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { hurriedClock, type RecordingHost, recordingHost } from '@release-kit/action';
import { folderStore, githubStore, type PlannedRelease, planRelease, type ReleaseFile, type ReleaseStore } from '@release-kit/github';
import { type FakeGitHub, startFakeGitHub } from '@release-kit/github-stand-in';

/** A place for drafts, and a way to look into it and spoil it that does not go through the store. */
interface Bench extends AsyncDisposable {
  readonly host: RecordingHost;
  readonly open: () => Promise<ReleaseStore & AsyncDisposable>;
  /** Calls that change something; none where there are no calls. */
  readonly writes: () => readonly string[];
}

async function folderBench(): Promise<Bench> {
  const host = await recordingHost();
  return {
    host,
    open: async () => folderStore(join(host.files.workspace, 'release'), host),
    writes: () => [],
    [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
  };
}

interface GitHubBench extends Bench {
  readonly github: FakeGitHub;
}

async function githubBench(token = 'ghs_0123456789abcdef'): Promise<GitHubBench> {
  const github = await startFakeGitHub();
  const host = await recordingHost({ env: { GITHUB_API_URL: github.url }, clock: hurriedClock() });
  return {
    host,
    github,
    writes: () => github.calls.map(({ method }) => method).filter((method) => method !== 'GET'),
    open: () => githubStore(host, { repository: github.repository, token }),
    async [Symbol.asyncDispose]() {
      await github[Symbol.asyncDispose]();
      await host[Symbol.asyncDispose]();
      // No test may pass with a request or an answer that GitHub does not know.
      expect(github.violations).toEqual([]);
    },
  };
}

async function file(host: RecordingHost, name: string, content: string): Promise<ReleaseFile> {
  const folder = join(host.files.workspace, 'build');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), content);
  return { name, file: join(folder, name), size: Buffer.byteLength(content), sha256: createHash('sha256').update(content).digest('hex') };
}

async function planned(
  host: RecordingHost,
  contents: Readonly<Record<string, string>>,
  change: Partial<PlannedRelease> = {},
): Promise<PlannedRelease> {
  const files = [];
  for (const [name, content] of Object.entries(contents)) files.push(await file(host, name, content));
  return { ...planRelease({ tag: 'v1.0.0', prerelease: false, notes: 'Notes', commit: 'c'.repeat(40), files }), ...change };
}

async function release(bench: Bench, plan: PlannedRelease) {
  await using store = await bench.open();
  await store.preflight(plan);
  const draft = await store.draft(plan);
  const outcomes = [];
  for (const asset of plan.assets) outcomes.push(await store.put(draft, asset));
  return { outcomes, listed: await store.read(draft) };
}

const contents = { 'hello_1.0~rc1+b1_amd64.deb': 'a package', 'hello_1.0~rc1+b1.changes': 'changes', SHA256SUMS: 'sums' };

describe.each([
  ['folder', folderBench],
  ['GitHub', githubBench],
] as const)('a store in a %s', (_, makeBench) => {
  test('holds exactly the plan afterwards, under final names, as a draft', async () => {
    await using bench = await makeBench();
    const plan = await planned(bench.host, contents);
    const { outcomes, listed } = await release(bench, plan);
    expect(outcomes).toEqual(['uploaded', 'uploaded', 'uploaded']);
    expect(listed.draft).toBe(true);
    expect([...listed.assets].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual(
      plan.assets.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
    );
    expect(listed.assets.map(({ name }) => name)).toContain('hello_1.0.rc1+b1_amd64.deb');
  });

  test('done again it keeps everything; a changed asset is replaced; another draft is never made', async () => {
    await using bench = await makeBench();
    const first = await release(bench, await planned(bench.host, contents));
    const again = await release(bench, await planned(bench.host, contents));
    expect(again.outcomes).toEqual(['kept', 'kept', 'kept']);
    expect(again.listed).toEqual(first.listed);
    // As long as before: only the digest tells.
    const plan = await planned(bench.host, { ...contents, SHA256SUMS: 'smus' });
    const changed = await release(bench, plan);
    expect(changed.outcomes.sort()).toEqual(['kept', 'kept', 'replaced']);
    expect(changed.listed.id).toBe(first.listed.id);
    expect(changed.listed.assets).toContainEqual({
      name: 'SHA256SUMS',
      size: 4,
      sha256: plan.assets.find(({ name }) => name === 'SHA256SUMS')?.sha256,
    });
  });

  test('preflight writes nothing', async () => {
    await using bench = await makeBench();
    await using store = await bench.open();
    await store.preflight(await planned(bench.host, contents));
    expect(bench.writes()).toEqual([]);
    expect(existsSync(join(bench.host.files.workspace, 'release'))).toBe(false);
  });

  test('an interrupted run is completed by the next one', async () => {
    await using bench = await makeBench();
    const plan = await planned(bench.host, contents);
    {
      await using store = await bench.open();
      const draft = await store.draft(plan);
      const [asset] = plan.assets;
      if (asset !== undefined) await store.put(draft, asset);
    }
    const { listed } = await release(bench, plan);
    expect(listed.assets).toHaveLength(3);
  });
});

describe('drafts on GitHub', () => {
  const plan = (bench: Bench) => planned(bench.host, { 'a_1_all.deb': 'a' });

  test('carry title, notes, commit and a marker; the token is masked and sent, and never logged', async () => {
    await using bench = await githubBench();
    await release(bench, await planned(bench.host, { 'a_1_all.deb': 'a' }, { prerelease: true }));
    expect(bench.github.releases).toMatchObject([
      {
        tag: 'v1.0.0',
        title: 'v1.0.0',
        body: expect.stringMatching(/^Notes\n\n<!-- release-kit draft of v1\.0\.0 title:[0-9a-f]{16} notes:[0-9a-f]{16} -->$/),
        commit: 'c'.repeat(40),
        draft: true,
        prerelease: true,
      },
    ]);
    expect(bench.host.recorded.masked).toContain('ghs_0123456789abcdef');
    expect(bench.github.calls.every(({ authorization }) => authorization === 'token ghs_0123456789abcdef')).toBe(true);
    expect([...bench.host.recorded.lines, ...bench.host.recorded.debug].join('\n')).not.toContain('ghs_0123');
  });

  test('are found on the second page of the list', async () => {
    await using bench = await githubBench();
    await release(bench, await plan(bench));
    for (let index = 0; index < 120; index += 1) bench.github.addRelease({ tag: `v0.0.${index}`, draft: false });
    expect((await release(bench, await plan(bench))).outcomes).toEqual(['kept']);
    expect(bench.github.releases).toHaveLength(121);
  });

  test('of others for the same tag are reported and left alone', async () => {
    await using bench = await githubBench();
    const foreign = bench.github.addRelease({ tag: 'v1.0.0', body: 'by hand' });
    await release(bench, await plan(bench));
    expect(bench.github.releases).toHaveLength(2);
    expect(foreign).toMatchObject({ body: 'by hand', assets: [] });
    expect(bench.host.recorded.lines.join('\n')).toMatch(/warning: 1 other draft of v1\.0\.0 not made by release-kit, left alone/);
  });

  test('get new notes and title without losing the tag', async () => {
    await using bench = await githubBench();
    await release(bench, await plan(bench));
    await release(bench, await planned(bench.host, { 'a_1_all.deb': 'a' }, { notes: 'Better notes' }));
    expect(bench.github.releases).toHaveLength(1);
    expect(bench.github.releases[0]).toMatchObject({ tag: 'v1.0.0', draft: true, body: expect.stringContaining('Better notes') });
  });

  test('made by two runs at once end as one: the older stays, our empty twin goes', async () => {
    await using bench = await githubBench();
    bench.github.lostReply = ({ operation }) => {
      if (operation === 'repos/create-release' && bench.github.releases.length === 1)
        bench.github.addRelease({ id: 50, tag: 'v1.0.0', title: 'v1.0.0', body: 'Notes\n\n<!-- release-kit draft of v1.0.0 -->' });
      return undefined;
    };
    const { listed } = await release(bench, await plan(bench));
    expect(bench.github.releases.map(({ id }) => id)).toEqual([50]);
    expect(listed.id).toBe('50');
  });

  test('an asset left half (starter) is replaced', async () => {
    await using bench = await githubBench();
    await release(bench, await plan(bench));
    bench.github.releases[0]?.assets.splice(0, 1, {
      id: 7,
      name: 'a_1_all.deb',
      label: null,
      contentType: 'x/y',
      bytes: Buffer.from('a'),
      state: 'starter',
    });
    expect((await release(bench, await plan(bench))).outcomes).toEqual(['replaced']);
    expect(bench.github.releases[0]?.assets.map(({ state }) => state)).toEqual(['uploaded']);
  });

  test('a published release of the tag stops everything before the first write', async () => {
    await using bench = await githubBench();
    bench.github.addRelease({ tag: 'v1.0.0', draft: false });
    await expect(release(bench, await plan(bench))).rejects.toThrowWithCode('E_RELEASE_EXISTS', /already published/);
    expect(bench.writes()).toEqual([]);
  });

  test('a name GitHub would change is an error, not a surprise', async () => {
    await using bench = await githubBench();
    const [asset] = (await plan(bench)).assets;
    if (asset === undefined) throw new Error('no asset');
    await expect(release(bench, { ...(await plan(bench)), assets: [{ ...asset, name: 'a~b.deb' }] })).rejects.toThrowWithCode(
      'E_NAME',
      /a\.b\.deb/,
    );
  });

  test.each([
    [{ body: { message: 'Bad credentials' }, status: 401 }, 'E_TOKEN', /does not accept the token/],
    [{ body: { message: 'Resource not accessible by integration' }, status: 403 }, 'E_TOKEN', /contents: write/],
    [
      { body: { message: 'You have exceeded a secondary rate limit' }, status: 403, headers: { 'retry-after': '30' } },
      'E_RATE',
      /rate limit/,
    ],
    [{ body: { message: 'slow down' }, status: 429 }, 'E_RATE', /no further request before/],
    [{ body: { message: 'Not Found' }, status: 404 }, 'E_TOKEN', /cannot be found/],
    [{ body: { message: 'tag_name was used by an immutable release' }, status: 422 }, 'E_RELEASE_EXISTS', /immutable/],
    [
      { body: { message: 'Validation Failed', errors: [{ resource: 'Release', field: 'tag_name', code: 'already_exists' }] }, status: 422 },
      'E_ASSET_CONFLICT',
      /already/,
    ],
    [{ body: { message: 'Server Error\u001b[31m ::error::x' }, status: 502 }, 'E_GITHUB', /502: Server Error\\x1b/],
    [{ body: { hello: 1 }, status: 201 }, 'E_GITHUB', /not a release: its field id/],
  ] as const)('creating answered by %j is %s', async (answer, code, message) => {
    await using bench = await githubBench();
    bench.github.fault = ({ operation }) => (operation === 'repos/create-release' ? answer : undefined);
    await expect(release(bench, await plan(bench))).rejects.toThrowWithCode(code, message);
  });

  test('an upload that did not arrive whole is an error', async () => {
    await using bench = await githubBench();
    bench.github.fault = ({ operation }) =>
      operation === 'repos/upload-release-asset'
        ? { status: 201, body: { id: 1, name: 'a_1_all.deb', size: 0, state: 'starter', digest: null } }
        : undefined;
    await expect(release(bench, await plan(bench))).rejects.toThrowWithCode(
      'E_GITHUB',
      /did not arrive whole: 0 of 1 bytes, state starter/,
    );
  });

  test('an uploads host that is not of the API gets no token', async () => {
    await using bench = await githubBench();
    bench.github.lostReply = ({ operation }) => {
      if (operation !== 'repos/create-release') return undefined;
      return {
        status: 201,
        body: {
          id: bench.github.releases[0]?.id,
          tag_name: 'v1.0.0',
          draft: true,
          prerelease: false,
          html_url: 'x',
          upload_url: 'http://127.0.0.2:1/steal{?name,label}',
        },
      };
    };
    await expect(release(bench, await plan(bench))).rejects.toThrowWithCode('E_GITHUB', /127\.0\.0\.2:1 for uploads/);
  });

  test('the stand-in keeps drafts from get-by-tag and refuses a bad token', async () => {
    await using bench = await githubBench('bad-token-0123456789');
    bench.github.addRelease({ tag: 'v1.0.0' });
    const answer = await fetch(`${bench.github.url}/repos/${bench.github.repository}/releases/tags/v1.0.0`, {
      headers: { authorization: 'token x' },
    });
    expect(answer.status).toBe(404);
    await expect(release(bench, await plan(bench))).rejects.toThrowWithCode('E_TOKEN', /does not accept/);
  });
});
