import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { listening } from '@release-kit/action/loopback-server';
import { startFakeGitHub } from '@release-kit/github-stand-in';
import { checkImmutableReleases } from '../../scripts/publishing/immutable-releases.ts';
import { parseCall } from '../../scripts/publishing/options.ts';
import { importsOf } from '../support/house/import-list.ts';
import { readTree } from '../support/house/source-tree.ts';

const refusal = (code: string, message = /./) => expect.objectContaining({ code, message: expect.stringMatching(message) });
const digest = 'a'.repeat(64);
const least = ['--version', 'v1.2.3', '--repository', 'https://github.com/acme/kit.git'];

describe('options', () => {
  test.each([
    ['https://github.com/acme/kit.git', 'acme/kit'],
    ['https://github.com/acme/kit', 'acme/kit'],
    ['ssh://git@github.com/acme/kit.git', 'acme/kit'],
    ['git@github.com:acme/kit.git', 'acme/kit'],
    ['/srv/kit.git', 'from/variable'],
  ])('the name of %s is %s', (remote, repository) => {
    const call = parseCall(['--version', 'v1.2.3', '--repository', remote], { GITHUB_REPOSITORY: 'from/variable' });
    expect(call).toMatchObject({ kind: 'publish', repository, remote, version: 'v1.2.3', dryRun: false, dist: undefined });
  });

  test('a tree that was built elsewhere comes with each digest', () => {
    const call = parseCall([...least, '--dist', 'x', '--digest', digest, '--digest', digest, '--dry-run'], { PUBLISH_TOKEN: '' });
    expect(call).toMatchObject({ digests: [digest, digest], dryRun: true, token: undefined });
    expect(call.dist).toBe(join(process.cwd(), 'x'));
    expect(parseCall(['--print-digest'], {})).toMatchObject({ kind: 'digest', dist: undefined });
  });

  test('nothing is built where the token is', () => {
    const env = { PUBLISH_TOKEN: 'x' };
    expect(() => parseCall(least, env)).toThrow(refusal('usage', /packages of others/));
    expect(parseCall([...least, '--dist', '/x', '--digest', digest], env)).toMatchObject({ token: 'x' });
  });

  test.each([
    [['--version', 'v1.2.3'], 'usage', /--repository is missing/],
    [['--repository', '/x.git'], 'usage', /--version is missing/],
    [['--version', 'v1.2.3', '--repository', '/x.git'], 'usage', /--name is missing/],
    [[...least, '--name', 'a/../b'], 'usage', /no name of a repository/],
    [[...least, '--dist', 'x'], 'usage', /--dist needs --digest/],
    [[...least, '--digest', 'A'], 'usage', /--digest/],
    [[...least, '--verson', 'x'], 'usage', /--verson/],
    [[...least, 'v1.2.3'], 'usage', /positional/],
    [['--version', 'v1.2', '--repository', '/x.git'], 'version', /v1\.2/],
  ] as const)('%j is refused', (argv, code, message) => {
    expect(() => parseCall(argv, {})).toThrow(refusal(code, message));
  });
});

describe('S7 releases that can be changed afterwards', () => {
  const question = { repository: 'acme/kit', remote: 'https://github.com/acme/kit.git', token: 'token' };

  test('are refused, and the setting is seen', async () => {
    await using github = await startFakeGitHub({ repository: 'acme/kit' });
    const ask = () => checkImmutableReleases({ ...question, api: github.url });
    await expect(ask()).rejects.toEqual(refusal('mutable-releases', /can be changed/));
    github.settings.immutableReleases = true;
    expect(await ask()).toBe('Immutable releases: on.');
    expect(github.violations).toEqual([]);
  });

  test.each([
    [401, 'told'],
    [403, 'told'],
    [500, 'refused'],
    [302, 'refused'],
  ])('an answer %i is %s', async (status, then) => {
    const server = createServer((_, response) => response.writeHead(status, { location: '/' }).end('<html>'));
    await using served = await listening(server);
    const asked = checkImmutableReleases({ ...question, api: `http://${served.host}` });
    if (then === 'told') expect(await asked).toMatch(/not known/);
    else await expect(asked).rejects.toThrow();
  });

  test.each([
    [{ remote: '/srv/kit.git' }, /no repository at https/],
    [{ token: undefined }, /no PUBLISH_TOKEN/],
  ])('without a way to ask it is told: %j', async (change, words) => {
    expect(await checkImmutableReleases({ ...question, api: 'http://127.0.0.1:9', ...change })).toMatch(words);
  });
});

test('the job with the token runs nothing of others: publishing imports Node and our own scripts only', async () => {
  const tree = await readTree(join(import.meta.dirname, '../..'), 'scripts');
  const seen = new Set<string>();
  const foreign: string[] = [];
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { module, typeOnly } of importsOf(tree.get(path) ?? '')) {
      if (module === undefined || typeOnly) continue;
      if (module.startsWith('.')) visit(new URL(module, `file:///${path}`).pathname.slice(1));
      else if (!module.startsWith('node:')) foreign.push(`${path}: ${module}`);
    }
  };
  visit('scripts/publish-tree.ts');
  expect(seen.size).toBeGreaterThan(10);
  expect(foreign).toEqual([]);
});
