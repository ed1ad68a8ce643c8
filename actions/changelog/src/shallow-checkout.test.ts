import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type RecordingHost, readInputs, recordingHost } from '@release-kit/action';
import { run } from './run.ts';
import { spec } from './spec.ts';
import { makeHistory, type Step } from './test-history.ts';

let host: RecordingHost;
beforeEach(async () => {
  host = await recordingHost();
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

const git = (folder: string, ...args: readonly string[]) =>
  host.exec(['git', ...args], { cwd: join(host.files.workspace, folder), env: { GIT_CONFIG_NOSYSTEM: '1' } });

const changelog = (given: Record<string, string>) =>
  run(readInputs(spec, given, { workspace: host.files.workspace, nameOf: (name) => name }), host);

/** Makes `whole` and, of one commit as actions/checkout does it, `shallow`. */
async function checkouts(steps: readonly Step[], ref = 'main'): Promise<void> {
  const whole = join(host.files.workspace, 'whole');
  await mkdir(whole);
  await makeHistory(host, whole, steps);
  await git('whole', 'checkout', '-q', ref);
  await git('.', 'clone', '-q', '--depth=1', '--no-single-branch', '--branch', ref, `file://${whole}`, 'shallow');
}

const many = (name: string): readonly Step[] => Array.from({ length: 30 }, (_, index) => `fix: ${name} ${index}`);
const line: readonly Step[] = [
  ...many('old'),
  'tag v1.0.0',
  'feat: released',
  'tag v1.1.0',
  ...['feat: two', 'tag v1.2.0-rc.1', 'fork topic', 'fix: three', 'switch main', 'fix: four', 'merge topic'],
];

describe('a shallow checkout says what the whole one says', () => {
  test.each([
    ['of the next release', {}],
    ['of the next candidate', { pre: 'rc' }],
    ['of a promotion', { promote: 'true' }],
    ['compared with another release', { from: 'v1.0.0' }],
    ['with first contributions', { 'first-timers': 'true' }],
    ['of the whole history', { full: 'true', json: 'out.json' }],
  ])('%s', async (_, given) => {
    await checkouts(line);
    const json = async () => ('json' in given ? await readFile(join(host.files.workspace, 'out.json'), 'utf8') : '');
    const whole = await changelog({ source: 'whole', ...given });
    const wholeJson = await json();
    expect(await changelog({ source: 'shallow', ...given })).toEqual({ ...whole, changed: '' });
    expect(await json()).toBe(wholeJson);
  });

  test('of a tagged release', async () => {
    await checkouts([...line, 'annotated v1.2.0'], 'v1.2.0');
    const whole = await changelog({ source: 'whole', to: 'v1.2.0' });
    expect(whole).toMatchObject({ version: '1.2.0', previous: 'v1.1.0' });
    expect(await changelog({ source: 'shallow', to: 'v1.2.0' })).toEqual(whole);
  });

  test('of a revert whose target lies behind the cut', async () => {
    await checkouts(line.slice(0, 31));
    const sha = (await git('whole', 'rev-parse', 'HEAD~3')).stdout.trim();
    await mkdir(join(host.files.workspace, 'scratch'));
    await makeHistory(host, join(host.files.workspace, 'scratch'), [
      ...line.slice(0, 31),
      'fix: old 26',
      ['Revert "fix: old 26"', `This reverts commit ${sha}.`],
    ]);
    await git('.', 'clone', '-q', '--depth=1', `file://${host.files.workspace}/scratch`, 'cut');
    const { notes } = await changelog({ source: 'scratch' });
    expect(notes).toContain('## Reverts');
    expect((await changelog({ source: 'cut' })).notes).toBe(notes);
  });
});
