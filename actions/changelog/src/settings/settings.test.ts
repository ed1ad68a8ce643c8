import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type RecordingHost, readInputs, recordingHost } from '@release-kit/action';
import { findCheckout, openGit } from '@release-kit/git';
import { tagName } from '@release-kit/history';
import { spec } from '../spec.ts';
import { githubAddress } from './links.ts';
import { readSettings, type Settings } from './settings.ts';

let host: RecordingHost;
beforeEach(async () => {
  host = await recordingHost();
  await host.exec(['git', 'init', '-q', '-b', 'main'], { cwd: host.files.workspace });
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

const put = (name: string, text: string): Promise<void> => writeFile(join(host.files.workspace, name), text);

async function settings(given: Readonly<Record<string, string>> = {}, config?: string): Promise<Settings> {
  if (config !== undefined) await put('release-kit.yml', `changelog:\n${config.replace(/^/gm, '  ')}\n`);
  const inputs = readInputs(spec, given, { workspace: host.files.workspace, nameOf: (name) => name });
  await using git = await openGit(host, await findCheckout(inputs.source));
  return await readSettings(inputs, git, host);
}

describe('inputs come before the configuration, and that before habit', () => {
  test('tags, squashes and what follows from the commits', async () => {
    const config = 'tags: r*\nsquashes: expand\nzero: { breaking: major }\nfirst-version: 1.0.0\ntypes: { docs: patch }';
    const usual = await settings();
    expect([tagName(usual.package.family, '1.0.0'), usual.squashes, usual.rules.first]).toEqual(['v1.0.0', 'title', '0.1.0']);
    const configured = await settings({}, config);
    expect([tagName(configured.package.family, '1.0.0'), configured.squashes]).toEqual(['r1.0.0', 'expand']);
    expect(configured.rules).toEqual({
      zero: { breaking: 'major', feature: 'minor' },
      types: new Map([['docs', 'patch']]),
      first: '1.0.0',
    });
    const asked = await settings({ tags: 'x-*', squashes: 'title' }, config);
    expect([tagName(asked.package.family, '1.0.0'), asked.squashes]).toEqual(['x-1.0.0', 'title']);
  });

  test('every type that is named anywhere is known', async () => {
    const { grammar } = await settings(
      {},
      'types: { docu: none }\naliases: { neu: novelty }\nsections: [{ title: A, types: [chapter, "*"] }]',
    );
    expect(['docu', 'novelty', 'chapter', 'feat'].every((type) => grammar.types?.has(type))).toBe(true);
    expect(grammar.types?.has('*')).toBe(false);
  });

  test('the version that a file names is its first line, without v', async () => {
    await put('VERSION', 'v2.0.0\nmore\n');
    expect((await settings({}, 'version-file: VERSION')).named).toEqual({ input: undefined, file: { path: 'VERSION', version: '2.0.0' } });
    await expect(settings({}, 'version-file: GONE')).rejects.toMatchObject({ code: 'E_PATH', place: { file: 'release-kit.yml', line: 2 } });
  });
});

describe('which package', () => {
  const two = 'packages: [{ name: server, path: a, tags: a/v* }, { name: "@x/client", path: b, tags: b@* }]';

  test('is named, and has its own tags and files', async () => {
    const {
      package: chosen,
      packages,
      writing,
    } = await settings({ package: '@x/client', mode: 'bump' }, `${two}\nfiles: { changelog: NEWS.md }`);
    expect([chosen.path, tagName(chosen.family, '1.0.0'), packages.length]).toEqual(['b', 'b@1.0.0', 2]);
    expect(writing.changelog).toBe(join(host.files.workspace, 'b/NEWS.md'));
  });

  test('is not guessed among several; tags of the whole repository make it one', async () => {
    await expect(settings({}, two)).rejects.toThrowWithCode('E_INPUT', /several packages; name one of them: server, @x\/client/);
    expect((await settings({ tags: 'v*' }, two)).package).toMatchObject({ name: '', path: '' });
    expect((await settings({}, `tags: v*\n${two}`)).packages).toHaveLength(1);
  });

  test('is one of the configuration', async () => {
    await expect(settings({ package: 'serve' }, two)).rejects.toMatchObject({ code: 'E_INPUT', cure: expect.stringContaining('server') });
    await expect(settings({ package: 'a' }, 'tags: v*')).rejects.toMatchObject({
      code: 'E_INPUT',
      cure: expect.stringContaining('changelog.packages'),
    });
  });

  test('has tags that are a pattern, and that no other package has', async () => {
    await expect(settings({}, 'tags: "v1*"')).rejects.toMatchObject({ code: 'E_TAG', place: { file: 'release-kit.yml', line: 2 } });
    await expect(settings({ package: 'server', tags: 'b@*' }, two)).rejects.toThrowWithCode('E_CONFIG', /have the same tags/);
    await expect(settings({ tags: '*' })).resolves.toMatchObject({ package: { family: { prefix: '' } } });
  });
});

describe('links', () => {
  const origin = (url: string) => host.exec(['git', 'remote', 'add', 'origin', url], { cwd: host.files.workspace });

  test('lead to GitHub when the remote does, and never show what stands before its host', async () => {
    await origin('https://name:secret@github.com/a/b.git');
    const { pages, project } = await settings();
    expect([pages?.links.number('1'), pages?.release('v1.0.0'), project]).toEqual([
      'https://github.com/a/b/issues/1',
      'https://github.com/a/b/releases/tag/v1.0.0',
      'b',
    ]);
  });

  test('lead where the configuration says, or nowhere', async () => {
    await origin('git@github.com:a/b');
    const own = await settings({}, 'links: { address: "https://git.example.org/x/y/", commit: "/-/commit/{sha}", release: "/-/r/{tag}" }');
    expect([own.pages?.links.commit('abc'), own.pages?.release('v1'), own.project]).toEqual([
      'https://git.example.org/x/y/-/commit/abc',
      'https://git.example.org/x/y/-/r/v1',
      'y',
    ]);
    expect((await settings({}, 'links: { address: none }')).style.links).toBeUndefined();
  });

  test.each([
    'links: { address: "javascript:x" }',
    'links: { address: "https://example.org/a", commit: "/{what}" }',
    'links: { commit: "/](x)" }',
  ])('that would not be plain are refused with their place: %s', async (config) => {
    await origin('git@github.com:a/b');
    await expect(settings({}, config)).rejects.toMatchObject({ code: 'E_CONFIG', place: { file: 'release-kit.yml', line: 2 } });
  });

  test.each([
    ['https://example.org/a/b', 'https://github.com', undefined, undefined],
    ['https://example.org/a/b', 'https://github.com', 'c/d', 'https://github.com/c/d'],
    ['https://github.com/a/b', 'https://github.com', 'c/d', 'https://github.com/a/b'],
    ['https://git.example.org/a/b', 'https://Git.example.org', 'c/d', 'https://git.example.org/a/b'],
    ['https://git.example.org/a/b/c', 'https://git.example.org', 'c/d', 'https://git.example.org/c/d'],
    [undefined, 'https://github.com', 'c/d)[x](y', undefined],
  ])('of the remote %s, on %s in %s, are those of %s', (remote, serverUrl, repository, address) => {
    expect(githubAddress(remote, { ...host.github, serverUrl, repository })).toBe(address);
  });
});

describe('inputs that would do nothing are errors', () => {
  test.each([
    [{ full: 'true' }, /full does nothing without changelog or json/],
    [{ 'migrate-to': '2' }, /migrate-to does nothing without migration-guide/],
    [{ urgency: 'low' }, /urgency does nothing without debian-changelog/],
    [{ 'announcement-file': 'x' }, /announcement-file does nothing without announcement/],
    [{ mode: 'check', output: 'x' }, /output does nothing in mode check/],
    [{ mode: 'bump', announcement: 'chat' }, /announcement does nothing in mode bump/],
    [{ 'bump-files': 'x' }, /bump-files does nothing in mode notes/],
    [{ branch: 'x' }, /branch does nothing in mode notes/],
    [{ base: 'x' }, /base does nothing in mode notes/],
    [{ 'fail-on': 'never' }, /fail-on does nothing in mode notes/],
    [{ messages: 'title', mode: 'bump' }, /messages does nothing in mode bump/],
    [{ 'dry-run': 'true' }, /dry-run does nothing in mode notes/],
    [{ output: 'x', mode: 'pull-request' }, /output does nothing in mode pull-request/],
    [{ pre: 'rc', promote: 'true' }, /pre and promote exclude each other/],
  ])('%j', async (given, message) => {
    await expect(settings(given as Record<string, string>)).rejects.toThrowWithCode('E_INPUT', message);
  });
});

test('files of the configuration are written where a release is prepared, and stay in the repository', async () => {
  const config = 'files: { changelog: CHANGELOG.md, json: out/release.json }';
  expect((await settings({}, config)).writing).toMatchObject({ changelog: undefined, json: undefined });
  const { writing } = await settings({ mode: 'bump', changelog: 'own.md' }, config);
  expect([writing.changelog, writing.json]).toEqual([join(host.files.workspace, 'own.md'), join(host.files.workspace, 'out/release.json')]);
  await symlink('..', join(host.files.workspace, 'out'));
  await expect(settings({ mode: 'bump' }, config)).rejects.toThrowWithCode('E_PATH', /leads out of the repository/);
});
