import { createHash } from 'node:crypto';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type HurriedClock, hurriedClock, pool, type RecordingHost, recordingHost } from '@release-kit/action';
import { githubStore, type PlannedRelease, planRelease } from '@release-kit/github';
import { annotate, countsOf, documentedLimits, type FakeGitHub, startFakeGitHub, writesOf } from '@release-kit/github-stand-in';

let clock: HurriedClock;
let github: FakeGitHub;
let host: RecordingHost;

beforeEach(async () => {
  clock = hurriedClock();
  github = await startFakeGitHub({ now: clock.now });
  github.limits.secondary = documentedLimits;
  host = await recordingHost({ env: { GITHUB_API_URL: github.url }, clock });
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
  // No request and no answer that GitHub does not know, and nobody too early.
  expect([github.violations, github.impatient]).toEqual([[], 0]);
});

const commit = 'c'.repeat(40);
const named = (count: number) => Array.from({ length: count }, (_, index) => `hello-${index}_1.0_amd64.deb`);

async function planOf(names: readonly string[], change: Partial<PlannedRelease> = {}): Promise<PlannedRelease> {
  const files = [];
  for (const name of names) {
    const content = `content of ${name}`;
    const file = join(host.files.workspace, name);
    await writeFile(file, content);
    files.push({ name, file, size: content.length, sha256: createHash('sha256').update(content).digest('hex') });
  }
  return { ...planRelease({ tag: 'v1.0.0', prerelease: false, notes: 'Notes', commit, files }), ...change };
}

/** A whole run, as draft-release makes it. */
async function release(plan: PlannedRelease) {
  await using store = await githubStore(host, { repository: github.repository, token: 'ghs_0123456789abcdef' });
  await store.preflight(plan);
  const draft = await store.draft(plan);
  const outcomes = await pool(plan.assets, (asset) => store.put(draft, asset), 2);
  const listed = await store.read(draft);
  return {
    listed,
    kept: outcomes.filter((one) => one === 'kept').length,
    uploads: countsOf(github.calls)['repos/upload-release-asset'] ?? 0,
  };
}

/** The calls of one more run. */
async function callsOf(plan: PlannedRelease) {
  const before = github.calls.length;
  await release(plan);
  return github.calls.slice(before);
}

describe('few calls', () => {
  test('a new draft of twenty assets takes 27, the same again 5 and no change', async () => {
    const plan = await planOf(named(20));
    expect(countsOf(await callsOf(plan))).toEqual({
      'git/list-matching-refs': 1,
      'repos/create-release': 1,
      'repos/get-release': 1,
      'repos/list-release-assets': 2,
      'repos/list-releases': 2,
      'repos/upload-release-asset': 20,
    });
    expect(github.most.uploads).toBeLessThanOrEqual(2);
    const again = await callsOf(plan);
    expect([again.length, writesOf(again).length]).toEqual([5, 0]);
  });

  test('with an annotated tag at most 30 and 6', async () => {
    const sha = github.git.push('heads/main', { a: 'b' });
    github.git.references.set('tags/v1.0.0', annotate(github, 'v1.0.0', sha));
    const plan = await planOf(named(20), { commit: sha });
    expect((await callsOf(plan)).length).toBeLessThanOrEqual(30);
    expect((await callsOf(plan)).length).toBeLessThanOrEqual(6);
  });

  test('what changed is all that is sent', async () => {
    await release(await planOf(named(5)));
    const plan = await planOf(named(6));
    const calls = await callsOf(plan);
    expect(writesOf(calls).map(({ operation }) => operation)).toEqual(['repos/upload-release-asset']);
  });
});

describe('what people do meanwhile', () => {
  test('title and notes that they changed stay, and that is said; the rest follows the plan', async () => {
    await release(await planOf(named(1)));
    const [draft] = github.releases;
    if (draft === undefined) throw new Error('no draft');
    Object.assign(draft, { title: 'The big one', body: `Dear users,\r\n\r\n${draft.body}` });
    await release(await planOf(named(1), { notes: 'Better notes', prerelease: true }));
    expect(draft).toMatchObject({
      tag: 'v1.0.0',
      title: 'The big one',
      prerelease: true,
      body: expect.stringMatching(/^Dear users,\s+Notes\s/),
    });
    expect(host.recorded.lines.join('\n')).toMatch(/the title and the notes of the draft were changed by hand and stay as they are/);
    // Nothing is left to change.
    const again = await callsOf(await planOf(named(1), { notes: 'Better notes', prerelease: true }));
    expect(writesOf(again)).toEqual([]);
  });

  test('a draft that lost its tag to a change of theirs gets it back', async () => {
    await release(await planOf(named(1)));
    const [draft] = github.releases;
    if (draft !== undefined) draft.tag = `untagged-${draft.id}`;
    await release(await planOf(named(1)));
    expect(github.releases).toMatchObject([{ tag: 'v1.0.0' }]);
  });

  test('a draft that they publish while it is filled ends the run', async () => {
    github.lostReply = ({ operation }) => {
      const [draft] = github.releases;
      if (operation === 'repos/upload-release-asset' && draft !== undefined) draft.draft = false;
      return undefined;
    };
    await expect(release(await planOf(named(1)))).rejects.toThrowWithCode('E_RELEASE_EXISTS', /already published/);
  });

  test('a draft that they remove while it is filled is told as that', async () => {
    github.lostReply = ({ operation }) => {
      if (operation === 'repos/create-release') github.releases.pop();
      return undefined;
    };
    await expect(release(await planOf(named(1)))).rejects.toThrowWithCode('E_GITHUB', /the draft of v1\.0\.0 is gone/);
  });

  test('G20 a tag that names another commit stops everything before the first write', async () => {
    const built = github.git.push('heads/main', { a: 'b' });
    const moved = github.git.push('heads/main', { a: 'c' });
    github.git.references.set('tags/v1.0.0-rc.1', moved);
    github.git.references.set('tags/v1.0.0', annotate(github, 'v1.0.0', moved));
    await expect(release(await planOf(named(1), { commit: built }))).rejects.toThrowWithCode('E_TAG_MOVED', /names [0-9a-f]{40} on GitHub/);
    expect(writesOf(github.calls)).toEqual([]);
    await release(await planOf(named(1), { commit: moved }));
  });
});

test('a personal access token without the scope is refused before the first write', async () => {
  github.lostReply = () => ({ status: 200, body: [], headers: { 'x-oauth-scopes': 'gist' } });
  await expect(release(await planOf(named(1)))).rejects.toThrowWithCode(
    'E_TOKEN',
    /has only the scopes gist, which is not enough for contents: write/,
  );
  expect(writesOf(github.calls)).toEqual([]);
});

describe('what is left of other runs', () => {
  const starter = (id: number, name: string) =>
    ({ id, name, label: null, contentType: 'x/y', bytes: Buffer.from(''), state: 'starter' }) as const;

  test('G12 uploads that never ended are removed, planned or not', async () => {
    await release(await planOf(named(1)));
    github.releases[0]?.assets.push(starter(7, 'an-older-name.deb'), starter(8, 'hello-1_1.0_amd64.deb'));
    await release(await planOf(named(2)));
    expect(github.releases[0]?.assets.map(({ name, state }) => `${name} ${state}`)).toEqual(named(2).map((name) => `${name} uploaded`));
  });

  test('G15 lists that lag behind by five seconds make no second draft', async () => {
    github.lag = 5000;
    const plan = await planOf(named(3));
    const { listed } = await release(plan);
    expect(listed.assets).toHaveLength(3);
    await release(plan);
    expect(github.releases).toHaveLength(1);
    expect(github.releases[0]?.assets).toHaveLength(3);
  });

  test('a creation whose reply is lost while lists lag makes no second draft', async () => {
    github.lag = 5000;
    github.script = ({ operation }) => (operation === 'repos/create-release' ? { reset: 'after' } : undefined);
    await release(await planOf(named(1)));
    expect(countsOf(github.calls)['repos/create-release']).toBe(1);
    expect(github.releases).toHaveLength(1);
  });

  test('C1 two runs at once end with one draft and every asset once', async () => {
    const plan = await planOf(named(8));
    await Promise.all([release(plan), release(plan)]);
    expect(github.releases).toHaveLength(1);
    expect(github.releases[0]?.assets.map(({ name }) => name).sort()).toEqual([...named(8)].sort());
  });
});

describe('files', () => {
  test('that change after they were planned are refused, of the same length too', async () => {
    const plan = await planOf(named(1));
    await writeFile(plan.assets[0]?.file ?? '', 'Content of hello-0_1.0_amd64.deb');
    await expect(release(plan)).rejects.toThrowWithCode('E_DIGEST', /was changed after it was planned/);
    await writeFile(plan.assets[0]?.file ?? '', 'much longer content of hello-0_1.0_amd64.deb');
    await expect(release(plan)).rejects.toThrowWithCode('E_DIGEST');
  });

  test('are never in memory as a whole', async () => {
    const size = 192 * 1024 ** 2;
    const file = join(host.files.workspace, 'large.bin');
    await writeFile(file, '');
    await truncate(file, size);
    const hash = createHash('sha256');
    const piece = Buffer.alloc(1024 ** 2);
    for (let done = 0; done < size; done += piece.length) hash.update(piece);
    const sha256 = hash.digest('hex');
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const update = (): void => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    };
    const watched = { ...host, progress: { update } };
    await using store = await githubStore(watched, { repository: github.repository, token: 'ghs_0123456789abcdef' });
    const draft = await store.draft(await planOf([]));
    const asset = { name: 'large.bin', file, size, sha256, contentType: 'application/octet-stream' };
    expect(await store.put(draft, asset)).toBe('uploaded');
    // What both sides have on the way, and what nobody has collected yet.
    expect(most).toBeLessThan(size * 0.8);
  });

  test('that are gone are told', async () => {
    const plan = await planOf(named(1));
    const [asset] = plan.assets;
    if (asset === undefined) throw new Error('no asset');
    await expect(release({ ...plan, assets: [{ ...asset, file: '/nowhere' }] })).rejects.toThrowWithCode(
      'E_PATH',
      /cannot be read: ENOENT/,
    );
  });

  test('show how far they are', async () => {
    await release(await planOf(named(1)));
    expect(host.recorded.updates.join('\n')).toMatch(/uploading hello-0_1\.0_amd64\.deb: 0\.0 of 0\.0 MB/);
  });
});
