/** @slow */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Caller, callerRepository } from '../support/callers/caller.ts';
import { forgeForAll } from '../support/callers/forge.ts';
import { type PullRequest, pullRequest } from '../support/callers/pull-request.ts';
import type { World } from '../support/callers/world.ts';
import { git } from '../support/history.ts';
import { tinySource } from '../support/hostile.ts';
import { pushEvent } from '../support/workflows/event.ts';
import { annotationsOf, runnerJobs, type WorkflowRun } from '../support/workflows/outcome.ts';

const minute = 60_000;
const folderOfExamples = join(import.meta.dirname, '../../examples/workflows');
const examples = readdirSync(folderOfExamples).sort();
const startedBy = (event: string): readonly string[] =>
  examples.filter((file) => new RegExp(`^ {2}${event}:`, 'm').test(readFileSync(join(folderOfExamples, file), 'utf8')));

const forge = forgeForAll();
let caller: Caller;
let world: World;
let pull: PullRequest;

/** Every example in one repository; the package lies deep enough for each of them. */
beforeAll(async () => {
  const fill = async (checkout: string): Promise<void> => {
    await tinySource(join(checkout, 'packages/tiny'), [], '1.0.0');
    await git(checkout, 0, ['init', '--quiet', '--initial-branch=main']);
    await git(checkout, 0, ['add', '--all']);
    await git(checkout, 0, ['commit', '--quiet', '--message', 'feat: a tiny package']);
  };
  caller = await callerRepository(forge.place(), 'octo-org/tiny', fill, Object.fromEntries(examples.map((file) => [file, file])));
  await caller.tag('v1.0.0');
  const change = (fork: Caller) => fork.commit('docs: say hello', { 'README.md': 'hello\n' });
  pull = await pullRequest(caller, forge.place(), { fork: 'ada/tiny', branch: 'hello', title: 'docs: say hello', change });
  world = await forge.world(caller);
}, 5 * minute);

afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

const sentenceOf = (run: WorkflowRun): string | undefined => runnerJobs(run.jobs).find(({ id }) => id === 'gate')?.outputs['result'];
const ran = (run: WorkflowRun): readonly string[] =>
  runnerJobs(run.jobs).flatMap(({ id, conclusion }) => (conclusion === 'skipped' ? [] : [id]));

describe('an example of a workflow', () => {
  test('is started by pull requests, by pushes or by tags', () => {
    const started = new Set(['pull_request', 'push'].flatMap(startedBy));
    expect(examples.filter((file) => !started.has(file))).toEqual([]);
  });

  test.each(startedBy('pull_request'))(
    '%s builds nothing where a pull request changed no package, and says so in green',
    async (file) => {
      const run = await world.run(file, pull.event);
      const sentence = 'Nothing to build: no package is touched; titles and preview passed.';
      expect({ conclusion: run.conclusion, sentence: sentenceOf(run) }).toEqual({ conclusion: 'success', sentence });
      expect(ran(run)).toEqual(expect.arrayContaining(['plan', 'titles', 'preview', 'gate']));
      expect(ran(run)).not.toContain('build');
    },
    3 * minute,
  );

  test.each(examples.filter((file) => /tags:/.test(readFileSync(join(folderOfExamples, file), 'utf8'))))(
    '%s ends before anything is built where there is no key, and says why',
    async (file) => {
      const run = await world.run(file, await pushEvent({ repository: caller.name, bare: caller.bare }, 'refs/tags/v1.0.0'));
      expect({ conclusion: run.conclusion, sentence: sentenceOf(run) }).toMatchObject({
        conclusion: 'failure',
        sentence: expect.stringMatching(/^key failed/),
      });
      const titles = runnerJobs(run.jobs).flatMap((job) => annotationsOf(job).map(({ properties }) => properties['title']));
      expect(titles).toEqual(expect.arrayContaining([expect.stringMatching(/^sign-artifacts: E_/)]));
      expect(ran(run)).not.toContain('build');
      expect(world.github.releases).toEqual([]);
    },
    3 * minute,
  );
});
