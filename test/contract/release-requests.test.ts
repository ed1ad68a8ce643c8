import { describe, expect, test } from '@jest/globals';
import { hurriedClock, recordingHost } from '@release-kit/action';
import { bringReleaseRequest, closeReleaseRequest, type ReleaseRequest, schedulerOf } from '@release-kit/github';
import { type Call, type FakeGitHub, startFakeGitHub, writesOf } from '@release-kit/github-stand-in';

const branch = 'release-kit/release';
const ours = `heads/${branch}`;
const file = (text: string, path = 'CHANGELOG.md') => ({ path, bytes: Buffer.from(text), executable: false });

/** As often as the scheduler sends what only reads. */
const schedulerTries = 6;

interface Bench extends AsyncDisposable {
  readonly github: FakeGitHub;
  readonly pauses: readonly number[];
  readonly writes: () => readonly string[];
  readonly bring: (more?: Partial<ReleaseRequest>, token?: string) => ReturnType<typeof bringReleaseRequest>;
  readonly close: () => ReturnType<typeof closeReleaseRequest>;
  /** Files of what a branch names, and how many commits it is ahead of nothing. */
  readonly filesOf: (reference: string) => unknown;
}

/** A repository with one commit on main. Waiting is noted, not done. */
async function bench(): Promise<Bench> {
  const github = await startFakeGitHub();
  github.git.push('heads/main', { 'CHANGELOG.md': 'old', 'src/a.ts': 'code' });
  const clock = hurriedClock();
  const host = await recordingHost({ env: { GITHUB_API_URL: github.url }, clock });
  // So that only the pauses of whoever brings requests are seen.
  schedulerOf(host, { changesAMinute: Number.POSITIVE_INFINITY, betweenChanges: 0 });
  const target = { repository: github.repository, token: 'ghs_0123456789abcdef' };
  return {
    github,
    pauses: clock.pauses,
    writes: () => writesOf(github.calls).map(({ operation }) => operation),
    bring: (more = {}, token = target.token) =>
      bringReleaseRequest(
        host,
        { ...target, token },
        {
          branch,
          base: 'main',
          commit: github.git.references.get('heads/main') ?? '',
          tag: 'v1.3.0',
          title: 'chore(release): 1.3.0',
          text: 'Notes.',
          files: [file('new')],
          ...more,
        },
      ),
    close: () => closeReleaseRequest(host, target, { branch, base: 'main' }),
    filesOf: (reference) => {
      const commit = github.git.commits.get(github.git.references.get(reference) ?? '');
      return Object.fromEntries(github.git.trees.get(commit?.tree ?? '') ?? []);
    },
    async [Symbol.asyncDispose]() {
      expect(github.violations).toEqual([]);
      await github[Symbol.asyncDispose]();
      await host[Symbol.asyncDispose]();
    },
  };
}

const opening = ['git/create-blob', 'git/create-tree', 'git/create-commit', 'git/create-ref', 'pulls/create'];

describe('a release request', () => {
  test('is one commit on the commit that was described, and one pull request', async () => {
    await using on = await bench();
    const main = on.github.git.references.get('heads/main');
    expect(await on.bring()).toMatchObject({ kind: 'open', changed: true, pull: { number: 1 } });
    expect(on.writes()).toEqual(opening);
    expect(on.filesOf(ours)).toEqual({ 'CHANGELOG.md': '100644:new', 'src/a.ts': '100644:code' });
    const made = on.github.git.commits.get(on.github.git.references.get(ours) ?? '');
    expect(made).toMatchObject({ parents: [main], message: expect.stringMatching(/^chore\(release\): 1\.3\.0\n\nRelease-Request: /) });
    expect(on.github.pulls.list).toMatchObject([{ title: 'chore(release): 1.3.0', base: 'main', body: expect.stringContaining('Notes.') }]);
  });

  test('the same one a second time writes nothing', async () => {
    await using on = await bench();
    await on.bring();
    expect(await on.bring()).toMatchObject({ kind: 'open', changed: false, pull: { number: 1 } });
    expect(on.writes()).toEqual(opening);
  });

  test('follows the branch it goes into: the same pull request, one new commit', async () => {
    await using on = await bench();
    await on.bring();
    const next = on.github.git.push('heads/main', { 'CHANGELOG.md': 'old', 'src/a.ts': 'more code' });
    const request = { tag: 'v2.0.0', title: 'chore(release): 2.0.0', text: 'More.', files: [file('newer'), file('x', 'new.sh')] };
    expect(await on.bring(request)).toMatchObject({ kind: 'open', changed: true, pull: { number: 1 } });
    expect(on.writes().slice(opening.length)).toEqual([
      'git/create-blob',
      'git/create-blob',
      'git/create-tree',
      'git/create-commit',
      'git/update-ref',
      'pulls/update',
    ]);
    expect(on.github.git.commits.get(on.github.git.references.get(ours) ?? '')?.parents).toEqual([next]);
    expect(on.filesOf(ours)).toMatchObject({ 'CHANGELOG.md': '100644:newer', 'new.sh': '100644:x', 'src/a.ts': '100644:more code' });
    expect(on.github.pulls.list).toMatchObject([{ title: 'chore(release): 2.0.0', body: expect.stringContaining('v2.0.0') }]);
  });

  test('files of any bytes arrive as they are, and with their mode', async () => {
    await using on = await bench();
    const bytes = Uint8Array.from([0xe4, 0x00, 0xff, 0x0a]);
    await on.bring({ files: [{ path: 'debian/changelog', bytes, executable: true }] });
    expect(on.filesOf(ours)).toMatchObject({ 'debian/changelog': `100755:${Buffer.from(bytes).toString('latin1')}` });
  });

  test('that changes no file is none', async () => {
    await using on = await bench();
    expect(await on.bring({ files: [file('old')] })).toEqual({ kind: 'empty' });
    expect(on.github.pulls.list).toEqual([]);
    expect(on.github.git.references.has(ours)).toBe(false);
  });

  test('of a commit that is not the newest any more writes nothing', async () => {
    await using on = await bench();
    const old = on.github.git.references.get('heads/main') ?? '';
    const head = on.github.git.push('heads/main', { 'CHANGELOG.md': 'old' });
    expect(await on.bring({ commit: old })).toEqual({ kind: 'moved', head });
    expect(on.writes()).toEqual([]);
  });

  test('of a branch that goes elsewhere already is E_INPUT', async () => {
    await using on = await bench();
    on.github.git.push('heads/1.x', { 'CHANGELOG.md': 'old' });
    await on.bring();
    await expect(on.bring({ base: '1.x', commit: on.github.git.references.get('heads/1.x') ?? '' })).rejects.toThrowWithCode(
      'E_INPUT',
      /branch of #1, which goes into main and not into 1\.x/,
    );
  });

  test('into a branch that is not there is E_INPUT', async () => {
    await using on = await bench();
    await expect(on.bring({ base: 'mian' })).rejects.toThrowWithCode('E_INPUT', /no branch mian/);
  });
});

describe('an outage', () => {
  test('of what is read is waited for by one layer only', async () => {
    await using on = await bench();
    on.github.fault = () => ({ status: 502, body: { message: 'Bad Gateway' } });
    await expect(on.bring()).rejects.toThrowWithCode('E_GITHUB', /502/);
    expect(on.github.calls).toHaveLength(schedulerTries);
    on.github.calls.length = 0;
    await expect(on.close()).rejects.toThrowWithCode('E_GITHUB', /502/);
    expect(on.github.calls).toHaveLength(schedulerTries);
  });
});

describe('people', () => {
  test.each([
    ['commit on top', (on: Bench) => on.github.git.push(ours, { 'CHANGELOG.md': 'mended' }, 'Mend a word')],
    [
      'amend our commit',
      (on: Bench) => {
        const old = on.github.git.commits.get(on.github.git.references.get(ours) ?? '');
        on.github.git.references.set(ours, old?.parents[0] ?? '');
        return on.github.git.push(ours, { 'CHANGELOG.md': 'mended' }, old?.message);
      },
    ],
  ])('who %s keep what they did', async (_, act) => {
    await using on = await bench();
    await on.bring();
    const head = act(on);
    expect(await on.bring({ title: 'chore(release): 1.3.1' })).toMatchObject({ kind: 'foreign', head, pull: { number: 1 } });
    expect(await on.close()).toMatchObject({ kind: 'kept' });
    expect(on.writes()).toEqual(opening);
    expect(on.github.git.references.get(ours)).toBe(head);
  });

  test('who have a branch of the name keep it', async () => {
    await using on = await bench();
    on.github.git.push(ours, { 'a.txt': 'mine' });
    expect(await on.bring()).toMatchObject({ kind: 'foreign', pull: undefined });
    expect(on.writes()).toEqual([]);
  });

  test('who push while the new commit is made keep what they pushed', async () => {
    await using on = await bench();
    await on.bring();
    on.github.lostReply = ({ operation }) => {
      if (operation === 'git/create-commit') on.github.git.push(ours, { 'CHANGELOG.md': 'mended' }, 'Mend a word');
      return undefined;
    };
    expect(await on.bring({ title: 'chore(release): 1.3.1' })).toMatchObject({ kind: 'foreign' });
    expect(on.filesOf(ours)).toEqual({ 'CHANGELOG.md': '100644:mended' });
  });

  test('may write into the pull request around our part, or make it theirs', async () => {
    await using on = await bench();
    await on.bring();
    const [pull] = on.github.pulls.list;
    if (pull !== undefined) pull.body = `Wait for Ada.\r\n\r\n${pull.body?.replaceAll('\n', '\r\n')}`;
    expect(await on.bring()).toMatchObject({ kind: 'open', changed: false });
    await on.bring({ text: 'Other notes.' });
    expect(pull?.body).toMatch(/^Wait for Ada\.\n\n<!-- release-kit[\s\S]*Other notes\./);
    if (pull !== undefined) pull.body = 'Mine.';
    expect(await on.bring({ text: 'Even other notes.' })).toMatchObject({ kind: 'open', changed: false });
    expect(pull?.body).toBe('Mine.');
  });
});

describe('a merged request', () => {
  test('waits for its tag; then the next release is asked for', async () => {
    await using on = await bench();
    await on.bring();
    const sha = on.github.pulls.merge(1);
    expect(await on.bring()).toMatchObject({ kind: 'waiting', tag: 'v1.3.0', pull: { number: 1, mergeCommit: sha } });
    on.github.git.references.set('tags/v1.3.0', sha);
    expect(await on.bring({ tag: 'v1.4.0', files: [file('newest')] })).toMatchObject({ kind: 'open', pull: { number: 2 } });
  });

  test('of somebody else, or closed without a merge, does not count', async () => {
    await using on = await bench();
    on.github.pulls.add({ head: `owner:${branch}`, state: 'closed', mergedAt: '2026-01-01T00:00:00Z', body: 'mine' });
    on.github.pulls.add({ head: `owner:${branch}`, state: 'closed', body: '<!-- release-kit: release request v1.2.0 -->' });
    expect(await on.bring()).toMatchObject({ kind: 'open', pull: { number: 3 } });
  });
});

describe('when nothing asks for a release any more', () => {
  test('the open request is closed, once', async () => {
    await using on = await bench();
    expect(await on.close()).toEqual({ kind: 'none' });
    await on.bring();
    expect(await on.close()).toMatchObject({ kind: 'closed', pull: { number: 1 } });
    expect(await on.close()).toEqual({ kind: 'none' });
    expect(await on.bring()).toMatchObject({ kind: 'open', pull: { number: 2 } });
  });
});

describe('faults', () => {
  const bad = { status: 502, body: { message: 'Bad Gateway' } };
  const once = (operation: string) => {
    let left = 1;
    return (call: Call) => (call.operation === operation && left-- > 0 ? bad : undefined);
  };

  test.each(opening)('when the answer to %s is lost, there is still one of everything', async (operation) => {
    await using on = await bench();
    on.github.lostReply = once(operation);
    expect(await on.bring()).toMatchObject({ kind: 'open', pull: { number: 1 } });
    expect(on.github.pulls.list).toHaveLength(1);
    expect(on.pauses).toEqual([1000]);
  });

  test('two runs at a time end with one pull request', async () => {
    await using on = await bench();
    const outcomes = await Promise.all([on.bring(), on.bring()]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['open', 'open']);
    expect(on.github.pulls.list).toHaveLength(1);
    expect(on.github.git.commits.size).toBe(2);
  });

  test.each([
    ['Resource not accessible by integration', /contents: write, and pull-requests: write/],
    ['GitHub Actions is not permitted to create or approve pull requests.', /does not let workflows open pull requests/],
  ])('403 names what is missing: %s', async (message, words) => {
    await using on = await bench();
    on.github.fault = ({ operation }) => (operation === 'pulls/create' ? { status: 403, body: { message } } : undefined);
    await expect(on.bring()).rejects.toThrowWithCode('E_TOKEN', words);
    expect(on.pauses).toEqual([]);
  });

  test('a page of a proxy is no answer: nothing is made because nothing was found', async () => {
    await using on = await bench();
    on.github.fault = ({ method }) => (method === 'GET' ? { status: 200, body: { login: 'please' } } : undefined);
    await expect(on.bring()).rejects.toThrowWithCode('E_GITHUB', /no list of references/);
    expect(on.writes()).toEqual([]);
  });

  test('without a token nothing is asked', async () => {
    await using on = await bench();
    await expect(on.bring({}, '')).rejects.toThrowWithCode('E_TOKEN', /no GitHub token/);
    expect(on.github.calls).toEqual([]);
  });
});
