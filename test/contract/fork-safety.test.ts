import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type ActionSpec, type Host, type RecordingHost, readInputs, recordingHost } from '@release-kit/action';
import * as buildMatrix from '@release-kit/action-build-matrix';
import * as changelog from '@release-kit/action-changelog';
import hostile from '../fixtures/hostile-pull-request.json' with { type: 'json' };
import { expectInertMarkdown, tinySource } from '../support/hostile.ts';

/**
 * What a stranger may call things in a pull request, through the actions of validate.yml that read names: all cases of
 * test/fixtures/hostile-pull-request.json are in one repository. test/e2e/workflows-pull-request.test.ts takes others through the whole workflow.
 */
jest.setTimeout(60_000);

let folder: RecordingHost;
let checkout = '';

const identity = (name: string, email: string) => ({
  GIT_AUTHOR_NAME: name,
  GIT_AUTHOR_EMAIL: email,
  GIT_COMMITTER_NAME: 'A Person',
  GIT_COMMITTER_EMAIL: 'a@example.org',
  GIT_CONFIG_GLOBAL: '/dev/null',
});
const git = async (
  argv: readonly string[],
  env: Readonly<Record<string, string>> = identity('A Person', 'a@example.org'),
): Promise<string> => (await folder.exec(['git', ...argv], { cwd: checkout, env })).stdout.trim();

beforeAll(async () => {
  folder = await recordingHost();
  checkout = join(folder.files.workspace, 'tiny');
  await tinySource(checkout, [], '1.0.0');
  await git(['init', '--quiet', '--initial-branch=main']);
  await git(['add', '--all']);
  await git(['commit', '--quiet', '--message', 'feat: a tiny package']);
  await git(['tag', 'v1.0.0']);
  await git(['switch', '--quiet', '--create', 'topic']);
  await mkdir(join(checkout, 'notes'));
  for (const name of hostile.files) await writeFile(join(checkout, 'notes', name), 'x\n');
  await git(['add', '--all', '--force']);
  const { authors, bodies } = hostile;
  for (const [index, title] of hostile.titles.entries()) {
    const author = authors[index % authors.length];
    const message = `${title}\n\n${bodies[index % bodies.length] ?? ''}`;
    await git(['commit', '--quiet', '--allow-empty', '--message', message], identity(author?.name ?? '', author?.email ?? ''));
  }
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
});

interface Shown {
  readonly host: RecordingHost;
  readonly outputs: Readonly<Record<string, string>>;
  readonly problem: string;
}

/** Runs an action for a pull request of this title from a fork's branch, as the runner tells it, and gives what it shows, failed or not. */
async function shownFor<S extends ActionSpec>(
  action: {
    readonly spec: S;
    readonly run: (inputs: ReturnType<typeof readInputs<S>>, host: Host) => Promise<Readonly<Record<string, string>>>;
  },
  given: Readonly<Record<string, string>>,
  { title = 'feat: one', branch = 'topic' } = {},
): Promise<Shown> {
  const event = join(folder.files.workspace, 'event.json');
  const side = (sha: string, name: string, ref: string) => ({ sha, ref, repo: { full_name: name } });
  const head = side(await git(['rev-parse', 'topic']), 'mallory/tiny', branch);
  const pull = {
    number: 7,
    title,
    body: hostile.bodies.join('\n'),
    head,
    base: side(await git(['rev-parse', 'main']), 'octo-org/tiny', 'main'),
  };
  await writeFile(event, JSON.stringify({ pull_request: pull }));
  const env = { GITHUB_EVENT_PATH: event, GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge', GITHUB_HEAD_REF: branch };
  const host = await recordingHost({ workspace: checkout, env });
  const inputs = readInputs(action.spec, given, { workspace: checkout, nameOf: (name) => name });
  try {
    return { host, outputs: await action.run(inputs, host), problem: '' };
  } catch (error) {
    return { host, outputs: {}, problem: error instanceof Error ? error.message : String(error) };
  } finally {
    await host[Symbol.asyncDispose]();
  }
}

// C0 but tab and line feed, DEL, C1, bidi controls.
const raw = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** Nothing would be obeyed by the runner, a terminal or a page. */
function expectHarmless({ host, outputs, problem }: Shown): void {
  const { annotations, exported } = host.recorded;
  const texts = [...annotations.flatMap(({ message, title = '', file = '' }) => [message, title, file]), problem, host.summary.text];
  expect([...texts, ...Object.values(outputs)].filter((text) => raw.test(text))).toEqual([]);
  expect(annotations.filter(({ message }) => /^\s*(planted|::|##\[)/.test(message))).toEqual([]);
  for (const { file = '' } of annotations) expect(file).not.toMatch(/^\/|(^|\/)\.\.(\/|$)/);
  expectInertMarkdown(host.summary.text.replaceAll('#7', ''));
  expect([...exported.keys(), ...Object.keys(outputs).filter((name) => name === 'x')]).toEqual([]);
}

test('every case is one: git takes all these names of branches, authors and files', async () => {
  for (const branch of hostile.branches) await git(['check-ref-format', `refs/heads/${branch}`]);
  expect((await git(['ls-files', '-z', 'notes'])).split('\0').filter((name) => name !== '')).toHaveLength(hostile.files.length);
  expect(Number(await git(['rev-list', '--count', 'main..topic']))).toBe(hostile.titles.length);
});

describe('the plan', () => {
  test('of files with hostile names is the whole one, and says so in words of ours', async () => {
    const shown = await shownFor(buildMatrix, { 'only-changed': 'true' });
    expectHarmless(shown);
    expect(shown.outputs).toMatchObject({ any: 'true', count: '1' });
  });
  test('of a branch with any of these names is the same', async () => {
    for (const branch of hostile.branches) {
      const shown = await shownFor(buildMatrix, { 'only-changed': 'true' }, { branch });
      expectHarmless(shown);
      expect([branch, shown.outputs['count']]).toEqual([branch, '1']);
    }
  });
});

describe('the check of titles', () => {
  test.each(hostile.titles.map((title) => [title.slice(0, 40), title]))('of %j shows it as text', async (_, title) => {
    const shown = await shownFor(changelog, { mode: 'check' }, { title });
    expectHarmless(shown);
    expect([shown.problem, shown.host.summary.text].join('')).not.toBe('');
  });
});

describe('the notes of the next release', () => {
  test('hold no word of the commits and their authors that anything obeys', async () => {
    const shown = await shownFor(changelog, {});
    expectHarmless(shown);
    expect(shown.problem).toBe('');
    expectInertMarkdown((shown.outputs['notes'] ?? '').replace(/\(#\d+\)/g, ''));
  });
  test('no file of the checkout was run, written or read in place of another', async () => {
    await shownFor(changelog, {});
    expect(await git(['status', '--porcelain'])).toBe('');
    expect(await readFile(join(checkout, 'debian/changelog'), 'utf8')).toMatch(/^tiny \(1\.0\.0\)/);
  });
});
