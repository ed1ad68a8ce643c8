/** What jobs hand over through GitHub's artifacts, with the official clients, and what becomes of it when it does not arrive as it was sent. */
import { mkdtempSync, rmSync } from 'node:fs';
import { copyFile, mkdir, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { describeFile, packFiles, writeManifest } from '@release-kit/manifest';
import { type ResultsService, startResultsService } from '../support/results/index.ts';
import { type StepResult, startJob } from '../support/runner/index.ts';

jest.setTimeout(120_000);

const root = join(import.meta.dirname, '../..');
const dist = join(root, 'dist');
const client = join(root, 'test/fixtures/artifact-action');
const ARTIFACTS_MODULE = pathToFileURL(join(root, 'packages/action/lib/runner-artifacts.js')).href;
const workspace = mkdtempSync(join(tmpdir(), 'artifacts-'));
const archive = 'packages.tar';
let results: ResultsService;
let digest = '';

beforeAll(async () => {
  results = await startResultsService();
  const out = join(workspace, 'out');
  await mkdir(out);
  const facts = { kind: 'deb', package: 'hello', version: '1.0', architecture: 'all', distribution: 'debian:12' } as const;
  await writeFile(join(out, 'hello_1.0_all.deb'), 'no package, but nobody looks into it');
  const files = [await describeFile(out, 'hello_1.0_all.deb', facts)];
  const manifest = { schema: 1, sourceDateEpoch: 1, sources: [{ package: 'hello', version: '1.0' }], files } as const;
  digest = await writeManifest(join(out, 'manifest.json'), manifest);
  await packFiles(join(workspace, archive), out, ['hello_1.0_all.deb', 'manifest.json'], 1);
});
afterAll(async () => {
  await results[Symbol.asyncDispose]();
  rmSync(workspace, { recursive: true, force: true });
});

async function step(
  action: string,
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Promise<StepResult> {
  await using job = await startJob({ workspace, env });
  return await job.run(action, inputs);
}

/** How an upload or a download by the frame's client ended, in the attempt of a run. */
async function ended(act: 'upload' | 'download', name: string, attempt = 1, file = act === 'upload' ? archive : `down-${name}`) {
  const env = { ...results.env, ARTIFACTS_MODULE, GITHUB_RUN_ATTEMPT: String(attempt) };
  const { outputs } = await step(client, { do: act, name, file }, env);
  return { id: outputs['id'], ended: outputs['ended']?.trim() };
}

describe('an artifact', () => {
  test('arrives as it was sent; a second of its name is refused in the same attempt, and takes its place when the job runs again', async () => {
    const { id } = await ended('upload', 'once');
    expect(await ended('download', 'once')).toMatchObject({ ended: 'done' });
    expect(await ended('upload', 'once')).toMatchObject({
      ended: expect.stringMatching(/^E_GITHUB: the artifact once was not uploaded .*already exists/),
    });
    const again = await ended('upload', 'once', 2);
    expect(again).toMatchObject({ ended: 'done' });
    expect(results.artifacts.filter(({ name }) => name === 'once')).toMatchObject([{ id: again.id }]);
    expect(again.id).not.toBe(id);
    expect(await ended('download', 'once', 2, 'down-again')).toMatchObject({ ended: 'done' });
  });

  test('that was never sent, whose time is over, or whose bytes changed since, is told with what to do', async () => {
    for (const name of ['unlisted', 'gone', 'changed', 'cut']) await ended('upload', name);
    await results.expire('unlisted', { listed: false });
    await results.expire('gone', { listed: true });
    // In the middle, where the bytes of the file are: the archive around them stays whole.
    await results.damage('changed', (bytes) => {
      bytes.write('somebody saw', bytes.indexOf('nobody looks'));
      return bytes;
    });
    await results.damage('cut', (bytes) => bytes.subarray(0, bytes.length >> 1));
    const wanted = {
      never: /^E_GITHUB: the artifact never was not found in this run [\s\S]*Run all jobs again/,
      unlisted: /^E_GITHUB: the artifact unlisted was not found in this run [\s\S]*Run all jobs again/,
      gone: /^E_GITHUB: the artifact gone was not downloaded/,
      changed: /^E_(?:DIGEST: the artifact changed is not what was uploaded|GITHUB: the artifact changed was not downloaded)/,
      cut: /^E_(?:DIGEST|GITHUB): the artifact cut /,
    };
    // At once: the client waits between its tries.
    const found = Object.entries(wanted).map(async ([name, words]) => [name, await ended('download', name), words] as const);
    for (const [name, { ended: how }, words] of await Promise.all(found)) expect([name, how]).toEqual([name, expect.stringMatching(words)]);
  });
});

/** Every action that takes packages over, with the name of its input for them. */
const consumers = [
  ['lintian-check', 'manifest', {}],
  ['install-smoke', 'manifest', {}],
  ['sign-artifacts', 'manifest', { 'throw-away-key': 'true' }],
  ['draft-release', 'assets', { tag: 'v1.0.0' }],
] as const;

describe.each(consumers)('%s refuses, before it does anything,', (name, input, more) => {
  async function refusal(folder: string, expected = digest): Promise<string> {
    const given = { ...more, [input]: folder, 'manifest-digest': expected };
    const { conclusion, annotations } = await step(join(dist, name), given);
    expect(conclusion).toBe('failure');
    return annotations.find(({ level }) => level === 'error')?.properties['title'] ?? '';
  }

  test('packages of another build', async () => {
    const folder = `${name}-other`;
    await mkdir(join(workspace, folder));
    await copyFile(join(workspace, archive), join(workspace, folder, archive));
    expect(await refusal(folder, '0'.repeat(64))).toBe(`${name}: E_DIGEST`);
  });

  test('an archive that was cut off', async () => {
    const folder = `${name}-cut`;
    await mkdir(join(workspace, folder));
    await copyFile(join(workspace, archive), join(workspace, folder, archive));
    await truncate(join(workspace, folder, archive), 1000);
    expect(await refusal(folder)).toBe(`${name}: E_MANIFEST`);
  });

  test('a folder with nothing in it', async () => {
    const folder = `${name}-empty`;
    await mkdir(join(workspace, folder));
    expect(await refusal(folder)).toBe(`${name}: E_MANIFEST`);
  });
});
