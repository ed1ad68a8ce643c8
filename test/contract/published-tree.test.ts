import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Git, gitIn, scratchRepository } from '../../scripts/publishing/git.ts';
import { type PublishOptions, publishTree } from '../../scripts/publishing/publish.ts';
import { pushTags } from '../../scripts/publishing/push.ts';
import { namedVersion } from '../../scripts/publishing/version.ts';
import { emptyRepository } from '../support/published-tree.ts';
import { writeSmallDist } from '../support/small-dist.ts';

let folder: string;
let remote: string;
let source: PublishOptions['source'];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'release-kit-tree-'));
  await writeSmallDist(folder);
  remote = await bareRepository('remote.git');
  const sources = join(folder, 'sources');
  await mkdir(sources);
  source = { repository: sources, commit: await emptyRepository(sources, 'first') };
});
afterEach(() => rm(folder, { recursive: true }));

async function bareRepository(name: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(path);
  await gitIn(path).run(['init', '--quiet', '--bare', '--initial-branch=main', '.']);
  return path;
}

const publish = (version: string, changes: Partial<PublishOptions> = {}) =>
  publishTree({
    dist: join(folder, 'dist'),
    workflows: join(folder, 'workflows'),
    source,
    remote,
    repository: 'acme/kit',
    version,
    ...changes,
  });

/** Short names of all refs and the commits behind them. */
async function refs(repository = remote): Promise<Readonly<Record<string, string>>> {
  const listed = await gitIn(repository).run([
    'for-each-ref',
    '--format=%(refname:short) %(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end)',
  ]);
  return Object.fromEntries(
    listed.split('\n').flatMap((line) => (line === '' ? [] : [[line.split(' ')[0] ?? '', line.split(' ')[1] ?? '']])),
  );
}

const show = (object: string, repository = remote): Promise<string> => gitIn(repository).run(['show', object]);
const refusal = (code: string, message = /./) => expect.objectContaining({ code, message: expect.stringMatching(message) });

/** A hook of the repository that is published to: a script that decides what is taken. */
async function hook(name: string, lines: readonly string[]): Promise<void> {
  const file = join(remote, 'hooks', name);
  await mkdir(join(remote, 'hooks'), { recursive: true });
  await writeFile(file, ['#!/bin/sh', ...lines, ''].join('\n'));
  await chmod(file, 0o755);
}

describe('a published tree', () => {
  test('has the actions at its root, and names them by the full commit below', async () => {
    const { actionsCommit, commit, files, changes } = await publish('v1.2.3');
    expect(await refs()).toEqual({ 'v1.2.3': commit, v1: commit });
    expect(changes.map(({ name }) => name)).toEqual(['v1.2.3', 'v1']);
    const names = (await gitIn(remote).run(['ls-tree', '-r', '--name-only', 'v1'])).split('\n');
    expect(names).toEqual([...files.keys()]);
    expect(names).toEqual(expect.arrayContaining(['build-deb/action.yml', 'build-deb/index.js', '.github/workflows/build.yml', 'LICENSE']));
    expect(names).not.toContain('.github/workflows/.ci.yml');
    const pin = `acme/kit/build-deb@${actionsCommit} # v1.2.3`;
    expect(await show('v1:.github/workflows/build.yml')).toContain(`- uses: ${pin}\n`);
    expect(await show('v1:.github/workflows/build.yml')).toContain('uses: ./.github/workflows/other.yml');
    expect(await show('v1:action.yml')).toContain(`uses: ${pin}`);
    expect(await show('v1:README.md')).toContain(`- uses: ${pin}\n`);
    expect(await show('v1:README.md')).toContain('| [build-deb](build-deb/README.md) | Does \\| build-deb. |');
    expect(await show('v1:build-deb/README.md')).toContain(`(https://github.com/acme/kit/blob/${source.commit}/docs/x.md#a)`);
    const history = await gitIn(remote).run(['log', '--format=%H %an %ad %s', '--date=raw', 'v1']);
    expect(history.split('\n')).toEqual([
      `${commit} A Maintainer 1700000000 +0100 release-kit v1.2.3`,
      `${actionsCommit} A Maintainer 1700000000 +0100 release-kit v1.2.3: actions`,
      `${source.commit} A Maintainer 1700000000 +0100 first`,
    ]);
    expect(await gitIn(remote).run(['ls-tree', '-r', '--name-only', actionsCommit])).not.toMatch(/^(README\.md|action\.yml|\.github)/m);
    expect(await gitIn(remote).run(['cat-file', 'tag', 'v1.2.3'])).toContain(
      `tagger A Maintainer <maintainer@example.org> 1700000000 +0100`,
    );
  });

  test('is the same from the same sources, whoever publishes it where', async () => {
    const other = await bareRepository('other.git');
    const [first, second] = [await publish('v1.0.0'), await publish('v1.0.0', { remote: other })];
    expect(second).toEqual(first);
    expect(await refs(other)).toEqual(await refs());
  });

  test('published again changes nothing', async () => {
    await publish('v1.0.0');
    const before = await refs();
    expect(await publish('v1.0.0')).toMatchObject({ changes: [], stays: 'v1 is there already' });
    expect(await refs()).toEqual(before);
  });

  test('a dry run says what it would do, and writes nothing, in the sources neither', async () => {
    const objects = await readdir(join(source.repository, 'objects'), { recursive: true });
    const { changes, commit } = await publish('v1.0.0', { dryRun: true });
    expect(changes).toMatchObject([{ name: 'v1.0.0' }, { name: 'v1', to: commit }]);
    expect(await refs()).toEqual({});
    expect(await readdir(join(source.repository, 'objects'), { recursive: true })).toEqual(objects);
    expect(await readdir(join(remote, 'objects', 'pack'))).toEqual([]);
  });

  test('a published version never changes', async () => {
    await publish('v1.0.0');
    const before = await refs();
    await writeSmallDist(folder, { 'dist/build-deb/licenses.txt': 'something else\n' });
    await expect(publish('v1.0.0')).rejects.toEqual(refusal('tag-taken'));
    expect(await refs()).toEqual(before);
  });

  test('the floating tag goes forward only', async () => {
    const first = await publish('v1.0.0');
    const second = await publish('v1.1.0');
    expect(await refs()).toEqual({ 'v1.0.0': first.commit, 'v1.1.0': second.commit, v1: second.commit });
    await publish('v1.0.1');
    await publish('v1.2.0-rc.1');
    const { commit } = await publish('v2.0.0');
    expect(await refs()).toMatchObject({ v1: second.commit, v2: commit });
  });
});

describe('what is refused before anything is written', () => {
  test.each([
    ['a file that nobody built', { 'dist/.env': 'x' }, 'tree', /\.env is not part/],
    ['a folder that is no action', { 'dist/Build Deb/action.yml': 'x' }, 'tree', /Build Deb/],
    ['a folder in an action', { 'dist/build-deb/lib/x.js': 'x' }, 'tree', /lib is not a plain file/],
    ['an action without licences', { 'dist/setup-cross/licenses.txt': undefined }, 'tree', /holds no licenses\.txt/],
    ['an action without a bundle', { 'dist/setup-cross/index.js': undefined }, 'tree', /holds no index\.js/],
    ['a bundle that does not start', { 'dist/setup-cross/index.js': "import 'no-such-module';" }, 'bundle', /setup-cross does not start/],
    ['a bundle with a stub', { 'dist/setup-cross/7.index.js': 'eval("require")("left-pad")' }, 'bundle', /7\.index\.js: left-pad/],
    ['a workflow that uses a tag of others', { 'workflows/build.yml': '- uses: actions/checkout@v6\n' }, 'reference', /build\.yml:1/],
    [
      'an action that is not there',
      { 'dist/action.yml': 'uses: ./dist/sign-artifacts\n' },
      'reference',
      /^action\.yml:1: there is no action/,
    ],
  ] as const)('%s', async (_, changes: Readonly<Record<string, string | undefined>>, code, message) => {
    await rm(join(folder, 'dist'), { recursive: true });
    await writeSmallDist(folder, changes);
    await expect(publish('v1.0.0')).rejects.toEqual(refusal(code, message));
    expect(await refs()).toEqual({});
  });

  test.each(['--upload-pack=touch x', 'ext::sh -c x', '', 'a\nb'])('%j as an address', async (address) => {
    await expect(publish('v1.0.0', { remote: address })).rejects.toEqual(refusal('usage'));
  });

  test('a commit that is not there, and one without its history', async () => {
    await expect(publish('v1.0.0', { source: { ...source, commit: '0'.repeat(40) } })).rejects.toEqual(
      refusal('source', /holds no commit/),
    );
    await expect(publish('v1.0.0', { source: { ...source, commit: '--all' } })).rejects.toEqual(refusal('source', /no full name/));
    const shallow = await bareRepository('shallow.git');
    await gitIn(shallow).run(['fetch', '--quiet', source.repository, 'main:main']);
    await writeFile(join(shallow, 'shallow'), `${source.commit}\n`);
    await expect(publish('v1.0.0', { source: { ...source, repository: shallow } })).rejects.toEqual(refusal('source', /is shallow/));
  });
});

describe('when it goes wrong in the middle', () => {
  test('a repository that refuses one tag gets none', async () => {
    await hook('update', ['test "$1" != refs/tags/v1']);
    await expect(publish('v1.0.0')).rejects.toEqual(refusal('push'));
    expect(await refs()).toEqual({});
    await rm(join(remote, 'hooks', 'update'));
    const { commit } = await publish('v1.0.0');
    expect(await refs()).toEqual({ 'v1.0.0': commit, v1: commit });
  });

  test('where tags cannot change together, the exact one comes first, and a second run moves the other', async () => {
    await gitIn(remote).run(['config', 'receive.advertiseAtomic', 'false']);
    await hook('update', ['test "$1" != refs/tags/v1']);
    await expect(publish('v1.0.0')).rejects.toEqual(refusal('push'));
    expect(Object.keys(await refs())).toEqual(['v1.0.0']);
    await rm(join(remote, 'hooks', 'update'));
    expect(await publish('v1.0.0')).toMatchObject({ changes: [{ name: 'v1' }] });
    expect(Object.keys(await refs()).sort()).toEqual(['v1', 'v1.0.0']);
  });

  test('a repository that keeps something else than it was given is found out', async () => {
    await hook('post-receive', ['unset GIT_QUARANTINE_PATH', 'git update-ref refs/tags/v1.0.0 $(git rev-parse v1^)']);
    await expect(publish('v1.0.0')).rejects.toEqual(refusal('read-back', /v1\.0\.0 is not the commit that was pushed/));
  });

  test('a floating tag that somebody moved is not moved on', async () => {
    await publish('v1.0.0');
    await gitIn(remote).run(['update-ref', 'refs/tags/v1', source.commit]);
    const before = await refs();
    await expect(publish('v1.1.0')).rejects.toEqual(refusal('floating-tag'));
    expect(await refs()).toEqual(before);
  });
});

describe('two at once', () => {
  /** Runs something right before the first push of a publisher. */
  function beforeFirstPush(git: Git, act: () => Promise<unknown>): Git {
    let first = true;
    return {
      ...git,
      ask: async (args, options) => {
        if (args[0] === 'push' && first) {
          first = false;
          await act();
        }
        return git.ask(args, options);
      },
    };
  }

  /** A publisher that looked at the tags, and pushes after somebody else did something. */
  async function late(version: string, act: () => Promise<unknown>): Promise<{ commit: string; pushed: Promise<unknown> }> {
    const { commit, tag } = await made(version);
    return { commit, pushed: pushWhile(commit, tag, version, act) };
  }

  async function made(version: string): Promise<{ commit: string; tag: string }> {
    const other = await bareRepository(`${version}.git`);
    const { commit } = await publish(version, { remote: other });
    return { commit, tag: await gitIn(other).run(['rev-parse', `refs/tags/${version}`]) };
  }

  async function pushWhile(commit: string, tag: string, version: string, act: () => Promise<unknown>): Promise<unknown> {
    await using git = await scratchRepository([join(folder, `${version}.git`, 'objects')]);
    return await pushTags(beforeFirstPush(git, act), remote, { version: namedVersion(version), commit, tag });
  }

  test('an older version that comes late leaves the floating tag to the newer one', async () => {
    await publish('v1.0.0');
    const { commit, pushed } = await late('v1.1.0', () => publish('v1.2.0'));
    expect(await pushed).toMatchObject([{ name: 'v1.1.0' }]);
    const after = await refs();
    expect(after).toMatchObject({ 'v1.1.0': commit });
    expect(after['v1']).toBe(after['v1.2.0']);
  });

  test('the same version twice is one', async () => {
    const { commit, pushed } = await late('v1.0.0', () => publish('v1.0.0'));
    await pushed;
    expect(await refs()).toEqual({ 'v1.0.0': commit, v1: commit });
  });

  test('another content under the same version: the first wins, the second is told', async () => {
    const { commit, pushed } = await late('v1.0.0', async () => {
      await writeSmallDist(folder, { 'dist/LICENSE': 'other\n' });
      await publish('v1.0.0');
    });
    await expect(pushed).rejects.toEqual(refusal('tag-taken'));
    expect((await refs())['v1']).not.toBe(commit);
  });

  test('really at once, both are there in the end, and the floating tag is the newer', async () => {
    await Promise.all([publish('v1.0.0'), publish('v1.1.0')]);
    const after = await refs();
    expect(Object.keys(after).sort()).toEqual(['v1', 'v1.0.0', 'v1.1.0']);
    expect(after['v1']).toBe(after['v1.1.0']);
  });
});
