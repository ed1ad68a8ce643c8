/** @slow 150 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writesOf } from '@release-kit/github-stand-in';
import type { Caller } from '../support/callers/caller.ts';
import { allTraps, hostileWords, tinyCaller, twoFaults } from '../support/callers/changes.ts';
import { everythingShown, powersOf } from '../support/callers/everything.ts';
import { serviceCaller } from '../support/callers/examples.ts';
import { forgeForAll } from '../support/callers/forge.ts';
import { type Proposal, type PullRequest, pullRequest } from '../support/callers/pull-request.ts';
import type { World } from '../support/callers/world.ts';
import { expectInertMarkdown } from '../support/hostile.ts';
import { machineHost } from '../support/machine-host.ts';
import { look } from '../support/pictures/browser.ts';
import { hitsIn, needlesOf } from '../support/secret-search/sought.ts';
import { checksPage } from '../support/views/checks-page.ts';
import { filesPage, readDiff } from '../support/views/files-page.ts';
import { runPage, summariesPage } from '../support/views/run-page.ts';
import { type SeenRun, seenRun } from '../support/views/seen-run.ts';
import { jobNamed, runnerJobs, type WorkflowRun } from '../support/workflows/outcome.ts';

/** Milliseconds; a cold cache takes most of it. */
const long = 1_200_000;
const workflows = { 'validate.yml': 'validate.yml' };

const forge = forgeForAll();

interface Scenario {
  readonly world: World;
  readonly pull: PullRequest;
  readonly run: WorkflowRun;
  readonly seen: SeenRun;
}

async function proposed(caller: Caller, proposal: Proposal): Promise<Scenario> {
  const pull = await pullRequest(caller, forge.place(), proposal);
  const world = await forge.world(caller);
  // The repository has its secrets; nothing of a fork may see them.
  const run = await world.run('validate.yml', pull.event, { secrets: forge.key.inRepository });
  return { world, pull, run, seen: seenRun(run) };
}

/** Nothing was written anywhere, nobody could have, and the key is nowhere. */
function expectHarmless({ world, run }: Scenario): void {
  expect(writesOf(world.github.calls)).toEqual([]);
  expect(world.results.caches).toEqual([]);
  expect(new Set(Object.values(powersOf(run)).join(', ').split(', '))).toEqual(new Set(['', 'contents: read']));
  expect(runnerJobs(run.jobs).filter(({ runner }) => runner?.idToken)).toEqual([]);
  const needles = needlesOf(forge.key.secrets);
  expect(hitsIn('what is shown', Buffer.from(everythingShown(run)), needles)).toEqual([]);
}

const placed = ({ jobs }: SeenRun): readonly string[] =>
  jobs.flatMap(({ annotations }) =>
    annotations.map(({ level, file, line, title, message }) => `${level} ${file ?? '-'}:${line ?? '-'} ${title === '' ? message : title}`),
  );

describe('a pull request from a fork with a finding of lintian and a failing smoke check', () => {
  let scenario: Scenario;

  beforeAll(async () => {
    const caller = await serviceCaller(forge.place('service'), workflows);
    // What is never healthy is asked until the end: the repository waits shorter than the example does.
    const patience = await caller.edited(
      'release-kit.yml',
      /within: 10s \}\n(.*)status: 404 \}/,
      'within: 3s }\n$1status: 404, within: 3s }',
    );
    await caller.commit('ci: a service that is not healthy at once is broken', patience);
    scenario = await proposed(caller, twoFaults);
  }, long);
  afterAll(async () => {
    await scenario.world[Symbol.asyncDispose]();
  });

  test('fails, and the gate says in one sentence why', () => {
    expect(scenario.run.conclusion).toBe('failure');
    const gate = jobNamed(scenario.run, 'validate / gate');
    const sentence = 'packages failed: hello-service for debian:12 amd64: lintian-check and install-smoke failed.';
    expect(gate.outputs['result']).toBe(sentence);
    expect(gate.steps.map(({ summary }) => summary).join('')).toContain(`## ❌ ${sentence}`);
  });

  test('shows both at their lines of the change', () => {
    expect(placed(scenario.seen)).toEqual([
      'warning debian/control:16 lintian: description-synopsis-starts-with-article',
      'notice debian/hello-service.service:- lintian: package-supports-alternative-init-but-no-init.d-script',
      'error debian/control:16 lintian-check: E_LINT',
      'error release-kit.yml:13 install-smoke: E_SMOKE_HEALTH unhealthy',
      'error debian/hello-service.service:8 install-smoke: E_SMOKE_SERVICE unexpected-port',
      'error release-kit.yml:14 install-smoke: E_SMOKE_SERVICE missing-port',
      'error release-kit.yml:12 install-smoke: E_SMOKE_HEALTH',
      'error -:- pipeline-gate: E_PIPELINE',
    ]);
  });

  test('reads only, writes nothing, and shows no secret', () => expectHarmless(scenario));

  test(
    'looks as it should',
    async () => {
      await using host = await machineHost();
      const { seen, pull, run } = scenario;
      const sentence = jobNamed(run, 'validate / gate').outputs['result'] ?? '';
      const annotations = seen.jobs.flatMap((job) => job.annotations);
      const pages = [
        { name: 'pull-request-run', height: 3000, html: runPage({ ...seen, title: twoFaults.title }) },
        { name: 'pull-request-summary', height: 8000, html: await summariesPage(seen.jobs) },
        { name: 'pull-request-checks', height: 3000, html: checksPage(seen, twoFaults.title, sentence) },
        { name: 'pull-request-files', height: 3000, html: filesPage(twoFaults.title, readDiff(pull.diff), annotations) },
      ];
      const views = await look(
        host,
        pages.map((page) => ({ ...page, width: 1000, opened: false })),
      );
      for (const { measures } of views) expect(measures.contentWidth).toBeLessThanOrEqual(measures.viewport);
      // Whole pages are in the pictures.
      expect(pages.flatMap(({ name, height }, index) => ((views[index]?.measures.contentEnd ?? 0) > height ? [name] : []))).toEqual([]);
    },
    long,
  );
});

describe('a pull request that is all traps', () => {
  let scenario: Scenario;

  beforeAll(async () => {
    scenario = await proposed(await tinyCaller(forge.place('tiny'), workflows), allTraps);
  }, long);
  afterAll(async () => {
    await scenario.world[Symbol.asyncDispose]();
  });

  test('fails for what is wrong with it, and not for its words', () => {
    expect(scenario.run.conclusion).toBe('failure');
    const sentence = 'packages failed: tiny for debian:12 amd64: lintian-check and install-smoke failed.';
    expect(jobNamed(scenario.run, 'validate / gate').outputs['result']).toBe(sentence);
  });

  test('obeys none of them', () => {
    const { run, seen } = scenario;
    const shown = everythingShown(run);
    expect(shown).not.toMatch(/^planted/m);
    expect(placed(seen).filter((each) => / planted/.test(each))).toEqual([]);
    for (const { outputs } of runnerJobs(run.jobs)) expect(Object.keys(outputs)).not.toContain('x');
    // Nothing evaluated an expression in them.
    expect(shown).not.toContain(hostileWords.title.replace(/\$\{\{.*?\}\}/, ''));
    // The number of the pull request is our own word.
    for (const { summaries } of seen.jobs) for (const summary of summaries) expectInertMarkdown(summary.replaceAll('#7', ''));
  });

  test('reads only, writes nothing, and shows no secret', () => expectHarmless(scenario));
});
