import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type RecordingHost, readInputs, recordingHost } from '@release-kit/action';
import { run } from './run.ts';
import { spec } from './spec.ts';

// Real git, real clones; a pull request is what GitHub makes of one: a branch, a trial merge, an event.
let host: RecordingHost;
let base: string;
beforeEach(async () => {
  host = await recordingHost();
  await git('init', '-q', '-b', 'main');
  await write({ ...packageAt('server'), ...packageAt('client'), 'README.md': '', '.github/workflows/ci.yml': '' });
  base = await commit('first');
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
const git = async (...args: string[]) => {
  const env = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
  return (await host.exec(['git', ...who, '-c', 'protocol.file.allow=always', ...args], { cwd: host.files.workspace, env })).stdout.trim();
};

const packageAt = (name: string) => ({
  [`${name}/debian/control`]: `Source: ${name}\nMaintainer: A <a@example.org>\n\nPackage: ${name}\nArchitecture: any\nDescription: x\n`,
  [`${name}/main.c`]: 'int main;',
});

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = join(host.files.workspace, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

async function commit(message: string): Promise<string> {
  await git('add', '-A');
  await git('commit', '-q', '--allow-empty', '-m', message);
  return git('rev-parse', 'HEAD');
}

/** The plan that a pull request's run makes in `workspace`, by default the checkout itself. */
async function planned(
  given: Record<string, string> = {},
  options: { workspace?: string; sha?: string; event?: string; payload?: unknown } = {},
) {
  const workspace = options.workspace ?? host.files.workspace;
  const event = join(host.files.workspace, '..', 'event.json');
  await writeFile(
    event,
    JSON.stringify(options.payload ?? { pull_request: { base: { sha: base, ref: 'main' } }, repository: { private: false } }),
  );
  await using runner = await recordingHost({
    workspace,
    env: {
      GITHUB_EVENT_NAME: options.event ?? 'pull_request',
      GITHUB_EVENT_PATH: event,
      GITHUB_REF: 'refs/pull/7/merge',
      GITHUB_SHA: options.sha ?? (await git('rev-parse', 'HEAD')),
    },
  });
  const { packages, any } = await run(readInputs(spec, given, { workspace, nameOf: (name) => name }), runner);
  expect(any).toBe(String(packages !== ''));
  return { packages: packages.split('\n').filter((name) => name !== ''), lines: runner.recorded.lines };
}

describe('a pull request', () => {
  test('plans the packages whose files it changes, whatever has happened on main since', async () => {
    await git('checkout', '-q', '-b', 'topic');
    await write({ 'server/main.c': 'int changed;', 'README.md': 'x' });
    await commit('change');
    await git('checkout', '-q', 'main');
    await write({ 'client/main.c': 'int other;' });
    await commit('meanwhile');
    await git('checkout', '-q', 'topic');
    const { packages, lines } = await planned();
    expect(packages).toEqual(['server']);
    expect(lines).toContain('server is built: server/main.c changed');
    expect(lines).toContain(`client is not built: no file of it changed since ${base.slice(0, 7)} (main)`);
  });

  test('that deletes or moves a file, or has a name full of tricks, is read right', async () => {
    await git('mv', 'client/main.c', 'moved.c');
    await write({ 'server/a\nclient/b "c" \u001b[31m ::error::x': 'x' });
    await commit('change');
    const { packages, lines } = await planned();
    expect(packages).toEqual(['client', 'server']);
    expect(lines.join('\n')).not.toMatch(/[\u001b]|^::/m);
    await git('checkout', '-q', base);
    await write({ 'x\nserver/y': 'x' });
    await commit('a line feed makes no second file');
    expect((await planned()).packages).toEqual([]);
  });

  test('that touches no package plans nothing, one that touches a shared file plans all', async () => {
    await write({ 'README.md': 'x' });
    await commit('text');
    expect((await planned()).packages).toEqual([]);
    await write({ '.github/workflows/ci.yml': 'x' });
    await commit('workflow');
    expect((await planned()).packages).toEqual(['client', 'server']);
    await write({ 'release-kit.yml': 'shared: []\n', '.github/workflows/ci.yml': '' });
    await commit('no shared files, but the configuration is one');
    expect((await planned()).lines).toContain('Everything is built: release-kit.yml changed, which all packages share');
  });

  test('knows its files from the trial merge alone: two commits are history enough', async () => {
    const { clone, sha } = await trialMerge(2);
    const { packages, lines } = await planned({}, { workspace: clone, sha });
    expect(packages).toEqual(['server']);
    expect(lines.join()).toMatch(/no file of it changed since [0-9a-f]{7} \(main\)/);
  });

  test('whose author merged main is compared with its base, not with what was merged', async () => {
    await git('checkout', '-q', '-b', 'topic');
    await write({ 'server/main.c': 'int changed;' });
    await commit('change');
    await git('checkout', '-q', 'main');
    await write({ 'client/main.c': 'int other;' });
    base = await commit('meanwhile');
    await git('checkout', '-q', 'topic');
    await git('merge', '-q', '--no-ff', '-m', 'Merge main', 'main');
    expect((await planned({}, { sha: 'f'.repeat(40) })).packages).toEqual(['server']);
  });

  test('in a checkout of one commit is built whole, and says how to do better', async () => {
    const { clone, sha } = await trialMerge(1);
    const { packages, lines } = await planned({}, { workspace: clone, sha });
    expect(packages).toEqual(['client', 'server']);
    expect(lines).toContain(
      `Everything is built: the base ${base.slice(0, 7)} of the pull request is not in the checkout; check out with fetch-depth: 2, or 0 for the whole history`,
    );
  });

  test('without git, or of another history, is built whole', async () => {
    await git('checkout', '-q', '--orphan', 'alone');
    await commit('another first');
    expect((await planned()).lines.join()).toMatch(/Everything is built: the checkout has no common history with the base/);
    await rm(join(host.files.workspace, '.git'), { recursive: true });
    expect((await planned({}, { sha: base })).lines.join()).toMatch(
      /Everything is built: the changed files are not known: .* is not inside a git/,
    );
  });

  test('in a folder of the checkout counts from there, and through a link', async () => {
    await write({ 'server/lib/x': 'x', 'server/.github/workflows/ci.yml': '' });
    await commit('change');
    await symlink(host.files.workspace, `${host.files.workspace}-link`);
    const options = { workspace: `${host.files.workspace}-link` };
    expect((await planned({ source: 'server' }, options)).packages).toEqual(['server']);
    expect((await planned({ source: 'client' }, options)).packages).toEqual([]);
    await write({ '.github/workflows/ci.yml': 'x' });
    await commit('workflow above');
    expect((await planned({ source: 'client' }, options)).packages).toEqual(['client']);
  });
});

test('a push builds everything, and so does a pull request that asks for it', async () => {
  await write({ 'README.md': 'x' });
  await commit('text');
  expect((await planned({}, { event: 'push' })).packages).toEqual(['client', 'server']);
  expect((await planned({ 'only-changed': 'false' })).packages).toEqual(['client', 'server']);
  expect((await planned({}, { payload: { pull_request: { base: { sha: '--all' } } } })).packages).toEqual(['client', 'server']);
});

describe('a base that the user names', () => {
  test('is compared with, whatever started the run', async () => {
    await git('tag', 'v1');
    await write({ 'client/main.c': 'x' });
    await commit('change');
    const { packages, lines } = await planned({ base: 'v1' }, { event: 'push' });
    expect(packages).toEqual(['client']);
    expect(lines.join()).toContain(`no file of it changed since ${base.slice(0, 7)} (v1)`);
  });

  test('has to be there', async () => {
    await expect(planned({ base: 'nope' })).rejects.toThrowWithCode('E_GIT', /"nope", which names no commit, branch or tag/);
    await git('checkout', '-q', '--orphan', 'alone');
    await commit('another first');
    await expect(planned({ base: 'main' })).rejects.toThrowWithCode('E_GIT', /no history in common/);
  });
});

/** What actions/checkout leaves of refs/pull/7/merge with a fetch-depth, main having moved on. */
async function trialMerge(depth: number): Promise<{ clone: string; sha: string }> {
  await git('checkout', '-q', '-b', 'topic');
  await write({ 'server/main.c': 'int changed;' });
  await commit('change');
  await git('checkout', '-q', 'main');
  await write({ 'client/main.c': 'int other;' });
  await commit('meanwhile');
  await git('merge', '-q', '--no-ff', '-m', 'Merge topic into main', 'topic');
  const sha = await git('rev-parse', 'HEAD');
  const clone = join(host.files.workspace, '..', `clone-${depth}`);
  await git('clone', '-q', `--depth=${depth}`, `file://${host.files.workspace}`, clone);
  return { clone, sha };
}
