import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { hurriedClock, type RecordingHost, readInputs, recordingHost } from '@release-kit/action';
import { run, spec } from '@release-kit/action-changelog';
import { type FakeGitHub, startFakeGitHub, writesOf } from '@release-kit/github-stand-in';

interface Project extends AsyncDisposable {
  readonly github: FakeGitHub;
  readonly checkout: string;
  host: RecordingHost;
  readonly git: (...args: string[]) => Promise<string>;
  readonly commit: (message: string, files?: Readonly<Record<string, string>>) => Promise<void>;
  /** What is checked out becomes what main is on GitHub, tags as well. */
  readonly push: () => Promise<void>;
  readonly request: (inputs?: Record<string, string>) => ReturnType<typeof run>;
  /** What the branch of the request holds, by path. */
  readonly files: (branch?: string) => Readonly<Record<string, string>>;
}

const config = 'changelog:\n  files: { changelog: CHANGELOG.md }\n';
const started = {
  'package.json': '{\n  "name": "x",\n  "version": "1.2.0"\n}\n',
  'CHANGELOG.md': '# Changelog\n\n## 1.2.0\n\n- old\n',
  'release-kit.yml': config,
};

async function project(): Promise<Project> {
  const folder = await recordingHost();
  const github = await startFakeGitHub();
  const checkout = join(folder.files.workspace, 'project');
  await mkdir(checkout);
  const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  const git = async (...args: string[]) => (await folder.exec(['git', ...who, ...args], { cwd: checkout })).stdout.trim();
  await git('init', '-q', '-b', 'main');
  const hosts: RecordingHost[] = [];
  const on: Project = {
    github,
    checkout,
    host: folder,
    git,
    async commit(message, files = {}) {
      for (const [name, text] of Object.entries(files)) {
        await mkdir(join(checkout, name, '..'), { recursive: true });
        await writeFile(join(checkout, name), text);
      }
      await git('add', '-A');
      await git('commit', '-q', '--allow-empty', '-m', message);
    },
    async push() {
      const names = (await git('ls-files')).split('\n');
      const texts = await Promise.all(names.map(async (name) => [name, await readFile(join(checkout, name), 'utf8')]));
      const pushed = github.git.commits.get(github.git.push('scratch', Object.fromEntries(texts)));
      const sha = await git('rev-parse', 'HEAD');
      github.git.commits.set(sha, { tree: pushed?.tree ?? '', parents: [], message: '' });
      github.git.references.set('heads/main', sha);
      for (const tag of (await git('tag')).split('\n')) github.git.references.set(`tags/${tag}`, sha);
    },
    async request(inputs = {}) {
      const env = { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: github.repository, GITHUB_REF: 'refs/heads/main' };
      on.host = await recordingHost({ workspace: folder.files.workspace, env, clock: hurriedClock() });
      hosts.push(on.host);
      const given = { source: checkout, mode: 'pull-request', token: 'ghs_0123456789abcdef', ...inputs };
      return await run(readInputs(spec, given, { workspace: folder.files.workspace, nameOf: (name) => name }), on.host);
    },
    files: (branch = 'release-kit/main') => {
      const commit = github.git.commits.get(github.git.references.get(`heads/${branch}`) ?? '');
      return Object.fromEntries(github.git.trees.get(commit?.tree ?? '') ?? []);
    },
    async [Symbol.asyncDispose]() {
      expect(github.violations).toEqual([]);
      await github[Symbol.asyncDispose]();
      for (const host of hosts) await host[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
  await on.commit('chore: begin', started);
  await git('tag', 'v1.2.0');
  return on;
}

const written = (github: FakeGitHub) => writesOf(github.calls).length;

describe('a release request', () => {
  test('has the versions and the changelog of the next release; the checkout stays as it is', async () => {
    await using on = await project();
    await on.commit('feat: two');
    await on.push();
    const outputs = await on.request();
    expect(outputs).toMatchObject({
      version: '1.3.0',
      tag: 'v1.3.0',
      released: 'true',
      changed: 'CHANGELOG.md\npackage.json',
      pullRequest: '1',
    });
    expect(on.files()).toMatchObject({
      'package.json': expect.stringContaining('"version": "1.3.0"'),
      'release-kit.yml': `100644:${config}`,
    });
    expect(on.files()['CHANGELOG.md']).toMatch(/## \[1\.3\.0\]\([\s\S]*two[\s\S]*## 1\.2\.0\n\n- old\n$/);
    const [pull] = on.github.pulls.list;
    expect(pull).toMatchObject({ title: 'chore(release): 1.3.0', base: 'main', head: 'owner:release-kit/main' });
    expect(pull?.body).toMatch(
      /# 1\.3\.0\n\n## Features\n\n- two[\s\S]*git tag -a v1\.3\.0 -m v1\.3\.0 origin\/main\ngit push origin v1\.3\.0/,
    );
    expect(await on.git('status', '--porcelain')).toBe('');
    expect(on.host.recorded.lines).toContain(`Release request: #1 for 1.3.0, written (${on.github.url}/owner/project/pull/1)`);
  });

  test('follows new commits; nothing new writes nothing', async () => {
    await using on = await project();
    await on.commit('fix: two');
    await on.push();
    await on.request();
    const before = written(on.github);
    expect(await on.request()).toMatchObject({ changed: '', pullRequest: '1' });
    expect(written(on.github)).toBe(before);
    await on.commit('feat!: three');
    await on.push();
    expect(await on.request()).toMatchObject({ version: '2.0.0', pullRequest: '1' });
    expect(on.github.pulls.list).toMatchObject([{ title: 'chore(release): 2.0.0', body: expect.stringContaining('three') }]);
  });

  test('that was merged waits for its tag, and says which', async () => {
    await using on = await project();
    await on.commit('feat: two');
    await on.push();
    await on.request();
    on.github.pulls.merge(1);
    await on.commit('chore(release): 1.3.0 (#1)', { 'package.json': started['package.json'].replace('1.2.0', '1.3.0') });
    await on.push();
    expect(await on.request()).toMatchObject({ pullRequest: '1', changed: '' });
    expect(on.host.recorded.annotations).toMatchObject([
      {
        level: 'notice',
        title: 'v1.3.0 waits for its tag',
        message: expect.stringMatching(/git tag -a v1\.3\.0 -m v1\.3\.0 [0-9a-f]{40} && git push origin v1\.3\.0/),
      },
    ]);
    await on.git('tag', 'v1.3.0');
    await on.push();
    expect(await on.request()).toMatchObject({ released: 'false', pullRequest: '' });
    await on.commit('fix: four');
    await on.push();
    expect(await on.request()).toMatchObject({ version: '1.3.1', pullRequest: '2' });
  });

  test('is closed when nothing asks for a release any more', async () => {
    await using on = await project();
    await on.commit('feat: two');
    await on.push();
    await on.request();
    await on.commit('Revert "feat: two"');
    await on.push();
    expect(await on.request()).toMatchObject({ released: 'false', pullRequest: '' });
    expect(on.github.pulls.list).toMatchObject([{ state: 'closed' }]);
    expect(on.host.recorded.lines).toContain('Release request: #1 is closed, since nothing asks for a release any more');
  });

  test('to which people committed is theirs, with a warning', async () => {
    await using on = await project();
    await on.commit('feat: two');
    await on.push();
    await on.request();
    on.github.git.push('heads/release-kit/main', { 'CHANGELOG.md': 'mended' }, 'Mend a word');
    await on.commit('feat: three');
    await on.push();
    expect(await on.request()).toMatchObject({ pullRequest: '1', changed: '' });
    expect(on.host.recorded.annotations).toMatchObject([
      { level: 'warning', message: expect.stringMatching(/committed to release-kit\/main \(#1\)/) },
    ]);
    expect(on.files()).toEqual({ 'CHANGELOG.md': '100644:mended' });
  });

  test('of one package has its files only, and a branch of its own', async () => {
    await using on = await project();
    const packages = 'changelog:\n  packages:\n    - { name: server, path: server, tags: server/v*, files: { changelog: CHANGELOG.md } }\n';
    await on.commit('feat: a server', {
      'release-kit.yml': packages,
      'server/package.json': started['package.json'],
      'server/CHANGELOG.md': '',
    });
    await on.git('tag', 'server/v1.2.0');
    await on.commit('feat: two', { 'server/a.js': '' });
    await on.push();
    expect(await on.request({ package: 'server' })).toMatchObject({
      tag: 'server/v1.3.0',
      changed: 'server/CHANGELOG.md\nserver/package.json',
    });
    expect(on.github.pulls.list).toMatchObject([{ title: 'chore(release): server 1.3.0', head: 'owner:release-kit/main--server' }]);
  });

  test('is only told by a dry run', async () => {
    await using on = await project();
    await on.commit('feat: two');
    expect(await on.request({ 'dry-run': 'true' })).toMatchObject({ version: '1.3.0', changed: '' });
    expect(on.host.recorded.lines.slice(-3)).toEqual([
      'In the release request: CHANGELOG.md',
      'In the release request: package.json',
      'A dry run: nothing was written',
    ]);
    expect(on.github.calls).toEqual([]);
  });

  test('has nothing of what lies in the work tree by chance', async () => {
    await using on = await project();
    await on.commit('feat: two');
    await on.push();
    await writeFile(join(on.checkout, 'CHANGELOG.md'), 'half an edit\n## 1.2.0\n');
    await expect(on.request()).rejects.toThrowWithCode('E_GIT', /CHANGELOG\.md has changes that are not committed/);
    await on.git('checkout', '-q', 'CHANGELOG.md');
    await expect(on.request({ json: join(on.checkout, '..', 'all.json') })).rejects.toThrowWithCode('E_PATH', /outside of the checkout/);
    await expect(on.request({ to: 'v1.2.0' })).rejects.toThrowWithCode('E_INPUT', /to names another one/);
    expect(on.github.calls).toEqual([]);
  });

  test('is inert whatever strangers wrote (H3, H5)', async () => {
    await using on = await project();
    await on.commit(
      'feat: ::error::x \u001b[31m<!-- release-kit: end of the release request --><img src=x> @everyone [a](javascript:b) closes #1\n\nBREAKING CHANGE: </details> ##[add-mask]y',
    );
    await on.push();
    await on.request();
    const body = on.github.pulls.list[0]?.body ?? '';
    expect(body.match(/<!--/g)).toHaveLength(2);
    for (const raw of ['\u001b', '<img', '@everyone', 'closes #1']) expect(body).not.toContain(raw);
    expect(body).not.toMatch(/(?<!\\)\]\(javascript/);
    expect(body.match(/<\/details>/g)).toHaveLength(1);
    expect(on.host.recorded.lines.join('\n')).not.toMatch(/^\s*::|##\[|\u001b/m);
  });
});
