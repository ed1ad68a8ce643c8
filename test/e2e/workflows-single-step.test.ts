/** @slow 65 */
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Caller } from '../support/callers/caller.ts';
import { tinyCaller } from '../support/callers/changes.ts';
import { powersOf } from '../support/callers/everything.ts';
import { serviceCaller } from '../support/callers/examples.ts';
import { forgeForAll } from '../support/callers/forge.ts';
import type { World } from '../support/callers/world.ts';
import { markedBlocks } from '../support/documents/marked-blocks.ts';
import { pushEvent } from '../support/workflows/event.ts';
import { jobNamed, type StepOutcome, type WorkflowRun } from '../support/workflows/outcome.ts';

/** Milliseconds; a cold cache takes most of it. */
const long = 1_200_000;
const own = 'test/e2e/workflows-single-step.test.ts';
const action = 'release-kit/release-kit@v1';

const forge = forgeForAll();

/** The steps of docs/workflows.md as they stand there, in the least that a workflow is. */
async function singleStep(): Promise<string> {
  const [steps = '', ...more] = await markedBlocks(join(import.meta.dirname, '../..'), 'docs/workflows.md', own);
  expect([steps.includes(action), more]).toEqual([true, []]);
  return `on: push\njobs:\n  package:\n    runs-on: ubuntu-24.04\n    permissions: { contents: read }\n${steps}`;
}

interface Seen {
  readonly run: WorkflowRun;
  /** The one step. */
  readonly step: StepOutcome;
  /** Of what is in it. */
  readonly outcomes: Readonly<Record<string, string>>;
}

async function pushed(caller: Caller, world: World, workflow: string): Promise<Seen> {
  await caller.commit('ci: build packages by release-kit', { '.github/workflows/package.yml': workflow });
  const run = await world.run('package.yml', await pushEvent({ repository: caller.name, bare: caller.bare }, 'refs/heads/main'));
  const step = jobNamed(run, 'package').steps.find(({ uses }) => uses === action);
  if (step === undefined) throw new Error(`no step ${action}`);
  return { run, step, outcomes: Object.fromEntries(step.steps.map(({ id = '', outcome }) => [id, outcome])) };
}

const errorsOf = ({ annotations }: StepOutcome): readonly string[] =>
  annotations.flatMap(({ level, message }) => (level === 'notice' ? [] : [`${level}: ${message}`]));
const headings = ({ summary }: StepOutcome): readonly string[] => summary.match(/^#{2,3} .*$/gm) ?? [];

describe('the root of the published tree, as the one step of a job', () => {
  test(
    'builds, lints and tries a package, keeps it as an artifact and says so, with reading only',
    async () => {
      const caller = await serviceCaller(forge.place('service'), {});
      await using world = await forge.world(caller);
      const { run, step, outcomes } = await pushed(caller, world, await singleStep());
      expect({ conclusion: run.conclusion, said: errorsOf(step) }).toEqual({ conclusion: 'success', said: [] });
      expect(outcomes).toEqual({ setup: 'success', build: 'success', lint: 'success', smoke: 'success' });
      for (const { uses } of step.steps) expect(uses).toMatch(/^release-kit\/release-kit\/[a-z-]+@[0-9a-f]{40}$/);

      const kept = world.results.artifacts.find(({ name }) => name === 'hello-service-debian-12-amd64');
      expect(step.outputs).toEqual({
        manifest: expect.stringMatching(/\/out\/manifest\.json$/),
        'manifest-digest': expect.stringMatching(/^[0-9a-f]{64}$/),
        version: '1.0.0',
        packages: expect.stringMatching(/^hello-service_1\.0\.0_amd64\.deb$/m),
        'artifact-id': String(kept?.id),
        'artifact-name': 'hello-service-debian-12-amd64',
        'artifact-digest': kept?.digest.replace(/^sha256:/, ''),
      });
      expect(headings(step)).toEqual([
        '### Built `hello-service` `1.0.0` for `debian:12`',
        '### lintian: passed',
        '### Tried on debian:12/amd64: passed',
      ]);
      expect(powersOf(run)).toEqual({ package: 'contents: read' });
      expect(world.github.releases).toEqual([]);
    },
    long,
  );

  test(
    'tries the package though lintian found something, and fails for that alone',
    async () => {
      const caller = await tinyCaller(forge.place('tiny'), {});
      await using world = await forge.world(caller);
      const strict = (await singleStep()).replace('artifact: auto', 'artifact: auto, fail-on: error');
      const { run, step, outcomes } = await pushed(caller, world, strict);
      expect(run.conclusion).toBe('failure');
      expect(outcomes).toEqual({ setup: 'success', build: 'success', lint: 'failure', smoke: 'success' });
      const ended = step.annotations.filter(({ properties }) => /: E_/.test(properties['title'] ?? ''));
      expect(ended.map(({ properties }) => properties['title'])).toEqual(['lintian-check: E_LINT']);
      // What was built is there to be looked at, and what follows may ask for it.
      expect(step.outputs).toMatchObject({ version: '1.0.0', packages: 'tiny_1.0.0_all.deb', 'artifact-name': 'tiny-debian-12-amd64' });
      expect(world.results.artifacts.map(({ name }) => name)).toContain('tiny-debian-12-amd64');
      expect(headings(step)).toEqual([
        '### Built `tiny` `1.0.0` for `debian:12`',
        '### lintian: failed',
        '### lintian-check failed: `E_LINT`',
        '### Tried on debian:12/amd64: passed',
      ]);
    },
    long,
  );
});
