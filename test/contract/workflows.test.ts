// biome-ignore-all lint/suspicious/noTemplateCurlyInString: workflows hold expressions.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readSpecs } from '../../scripts/rendering/action-specs.ts';
import { publicWorkflowNames, readPublicWorkflow } from '../../scripts/rendering/public-workflow.ts';
import { dangling } from '../support/workflow-lint/references.ts';
import { lintWorkflow } from '../support/workflow-lint/workflow-lint.ts';

const root = join(import.meta.dirname, '../..');
const workflows = join(root, '.github/workflows');
const examples = join(root, 'examples/workflows');
const read = (folder: string, name: string) => readFile(join(folder, name), 'utf8');
const files = async (folder: string) => (await readdir(folder)).filter((name) => name.endsWith('.yml')).sort();
const ours = await files(workflows);
const callers = await files(examples);
const names = await publicWorkflowNames(root);
const specs = await readSpecs(root);
const texts = new Map(await Promise.all(names.map(async (name) => [name, await read(workflows, `${name}.yml`)] as const)));
const textOf = (name: string): string => texts.get(name) ?? '';

test('three workflows are public', () => expect(names).toEqual(['build-packages', 'release', 'validate']));

describe("GitHub's own linter finds nothing", () => {
  test.each(ours)('in .github/workflows/%s', async (name) => {
    expect(await lintWorkflow(`.github/workflows/${name}`, await read(workflows, name), root)).toEqual([]);
  });
  test.each(callers)('in examples/workflows/%s', async (name) => {
    expect(await lintWorkflow(`.github/workflows/${name}`, await read(examples, name), root)).toEqual([]);
  });
  test('in action.yml', async () => expect(await lintWorkflow('action.yml', await read(root, 'action.yml'), root)).toEqual([]));

  test.each([
    ['an input that the action does not have', 'release', 'policy: ${', 'policies: ${', /policies/],
    ['an action that is not there', 'release', './dist/attest-packages', './dist/attest', /attest/],
    ['an input that a called workflow does not have', 'release', 'older-changelog: ${{', 'older-changelogs: ${{', /older-changelogs/],
    ['a job that nobody knows', 'validate', 'needs: [packages, titles', 'needs: [package, titles', /package/],
  ])('but %s is found', async (_, name, from, to, message) => {
    const text = textOf(name);
    expect(text).toContain(from);
    const found = await lintWorkflow(`.github/workflows/${name}.yml`, text.replace(from, to), root);
    expect(found.join('\n')).toMatch(message);
  });
  test.each([
    ['an input', '    uses: release-kit/release-kit/.github/workflows/validate.yml@v1\n    with:\n      sources: x\n', /sources/],
    ['a secret', '    uses: release-kit/release-kit/.github/workflows/release.yml@v1\n    secrets:\n      signing-key: x\n', /signing-key/],
  ])('but %s of a caller that we do not have is found', async (_, call, message) => {
    const found = await lintWorkflow('.github/workflows/x.yml', `on: push\njobs:\n  x:\n${call}`, root);
    expect(found.join('\n')).toMatch(message);
  });
});

describe('names agree', () => {
  test.each(names)(
    'what %s refers to is there: inputs, secrets, and outputs of steps, jobs, actions and called workflows',
    async (name) => {
      expect(
        await dangling(textOf(name), { outputsOfWorkflow: async (called) => (await readPublicWorkflow(root, called)).outputs, specs }),
      ).toEqual([]);
    },
  );
  test.each([
    ['steps.sign.outputs.fingerprint', 'steps.sign.outputs.fingerprints'],
    ['needs.sign.outputs.manifest-digest', 'needs.sign.outputs.digest'],
    ['needs.packages.outputs.artifact', 'needs.packages.outputs.artefact'],
    ['jobs.draft.outputs.url', 'jobs.draft.outputs.link'],
    ['inputs.environment', 'inputs.surroundings'],
    ['secrets.signing_key', 'secrets.signing-key'],
  ])('%s that becomes %s is found', async (from, to) => {
    const text = textOf('release');
    expect(text).toContain(from);
    const broken = await dangling(text.replaceAll(from, to), {
      outputsOfWorkflow: async (called) => (await readPublicWorkflow(root, called)).outputs,
      specs,
    });
    expect(broken.join('\n')).toContain(to);
  });

  test('an input of the same name is the same in all workflows', async () => {
    const seen = new Map<string, string>();
    for (const name of names) {
      for (const input of (await readPublicWorkflow(root, name)).inputs) {
        const form = `${input.type} ${input.default}`;
        expect([name, input.name, seen.get(input.name) ?? form]).toEqual([name, input.name, form]);
        seen.set(input.name, form);
      }
    }
  });
  test('there are few inputs, each with a description, and each is used', async () => {
    for (const name of names) {
      const { inputs, secrets, outputs } = await readPublicWorkflow(root, name);
      expect(inputs.length).toBeLessThanOrEqual(16);
      for (const { name: value, description } of [...inputs, ...secrets, ...outputs]) {
        expect([name, value, description]).toEqual([name, value, expect.stringMatching(/^.{10,160}$/)]);
        if (!outputs.some((output) => output.name === value))
          expect(textOf(name)).toMatch(new RegExp(`\\b(?:inputs|secrets)\\.${value}\\b`));
      }
    }
  });
  test('the sentence of a workflow is its output result', async () => {
    for (const name of names) expect((await readPublicWorkflow(root, name)).outputs.map((output) => output.name)).toContain('result');
  });
});

describe('callers', () => {
  test.each(callers)('%s grants exactly what the workflows take, and says why', async (name) => {
    const text = await read(examples, name);
    const jobs: Readonly<Record<string, { uses?: string; permissions?: Readonly<Record<string, string>> }>> = parse(text).jobs;
    for (const { uses, permissions } of Object.values(jobs)) {
      const called = /^release-kit\/release-kit\/\.github\/workflows\/([a-z-]+)\.yml@v1$/.exec(uses ?? '')?.[1];
      expect(names).toContain(called);
      const { grants } = await readPublicWorkflow(root, called ?? '');
      expect(permissions).toEqual(Object.fromEntries(grants.map(({ permission, access }) => [permission, access])));
    }
    for (const line of text.split('\n').filter((one) => /^\s+[a-z-]+: (read|write)\b/.test(one))) expect(line).toMatch(/ # \w/);
    expect(text).toMatch(/^permissions: \{\}$/m);
    expect(text).not.toMatch(/^\s*pull_request_target:|secrets: inherit/m);
  });
});

describe('build-packages', () => {
  type Job = Readonly<Record<string, unknown>> & {
    readonly steps: readonly { readonly name: string; readonly with?: Readonly<Record<string, unknown>> }[];
  };
  const jobs: Readonly<Record<string, Job>> = parse(textOf('build-packages')).jobs;

  test('the jobs of all stages are the same, but for their stage and the packages of earlier ones', () => {
    const plain = (key: string, stage: number): unknown => {
      const { needs: _, if: __, steps = [], ...rest } = jobs[key] ?? { steps: [] };
      const own = steps
        .filter(({ name }) => name !== 'Packages of earlier jobs')
        .map((step) => ({
          ...step,
          with: Object.fromEntries(Object.entries(step.with ?? {}).filter(([name]) => name !== 'local-packages')),
        }));
      return JSON.parse(JSON.stringify({ ...rest, steps: own }).replace(`.stages)[${stage}]`, '.stages)[0]'));
    };
    expect(plain('build-2', 1)).toEqual(plain('build', 0));
    expect(plain('build-3', 2)).toEqual(plain('build', 0));
    expect(jobs['build-3']?.steps).toEqual(jobs['build-2']?.steps);
  });
  test('there is an output for each of as many jobs as the plan allows, and a job for each stage', () => {
    const limits = jobs['plan']?.steps.find(({ name }) => name === 'Plan')?.with;
    expect(Object.keys(jobs['build']?.['outputs'] ?? {})).toEqual(
      Array.from({ length: Number(limits?.['max-jobs']) }, (_, leg) => `leg-${leg}`),
    );
    expect(Object.keys(jobs).filter((name) => name.startsWith('build'))).toHaveLength(Number(limits?.['max-stages']));
    for (const [index, text] of Object.values(jobs['build']?.['outputs'] ?? {}).entries())
      expect(text).toContain(`strategy.job-index == ${index} `);
  });
  test('a release makes the same plan, within the same limits, in the job that looks at the tag, and hands it on', () => {
    const release: Readonly<Record<string, Job>> = parse(textOf('release')).jobs;
    const here = jobs['plan']?.steps.find(({ name }) => name === 'Plan')?.with ?? {};
    const there = release['preflight']?.steps.find(({ name }) => name === 'Plan, and look at versions')?.with;
    expect({ ...there, 'only-changed': '', tag: '' }).toEqual({ ...here, 'only-changed': '', tag: '' });
    expect(release['preflight']?.['outputs']).toMatchObject({ plan: '${{ toJSON(steps.versions.outputs) }}' });
    expect(release['packages']?.['with']).toMatchObject({ plan: '${{ needs.preflight.outputs.plan }}' });
  });
  test('a check runs though the one before it failed', () => {
    for (const name of ['Lint', 'Try out'])
      expect(jobs['build']?.steps.find((step) => step.name === name)).toMatchObject({
        if: expect.stringMatching(/^\$\{\{ !cancelled\(\) && steps\.build\.outcome == 'success'(?: && matrix\.smoke)? \}\}$/),
      });
  });
});

describe('C5 and S3', () => {
  test('groups of ours begin with our name and hold the ref, so that no caller cancels itself; a release is never cut off', () => {
    for (const name of names) {
      const { concurrency } = parse(textOf(name));
      if (concurrency === undefined) continue;
      expect(concurrency.group).toMatch(
        new RegExp(`^release-kit-${name}-.*\\$\\{\\{ github\\.ref \\}\\}.*\\$\\{\\{ inputs\\.source \\}\\}$`),
      );
      expect(concurrency['cancel-in-progress']).toBe(name === 'validate');
    }
    expect(names.filter((name) => parse(textOf(name)).concurrency === undefined)).toEqual(['build-packages']);
  });
  test('a release builds without a cache, and no workflow uses one by itself', () => {
    expect(parse(textOf('release')).jobs.packages.with).toMatchObject({ cache: false, 'only-changed': false });
    for (const name of names) expect(textOf(name)).not.toMatch(/actions\/cache|cache: (npm|pip)/);
  });
  test('success() looks at all jobs further up, of which some are skipped on purpose: who waits names what for', () => {
    for (const name of names) {
      for (const [job, { needs, if: condition }] of Object.entries<Record<string, unknown>>(parse(textOf(name)).jobs)) {
        const waits = [needs ?? []].flat().length > 0;
        if (waits) expect([name, job, condition]).toEqual([name, job, expect.stringMatching(/!cancelled\(\) && |^always\(\)$/)]);
      }
    }
  });
  test('there is no script, and no job without a limit', () => {
    for (const name of names) {
      expect(textOf(name)).not.toMatch(/^\s*(?:- )?(?:run|shell):/m);
      for (const [job, { uses, 'timeout-minutes': limit }] of Object.entries<Record<string, unknown>>(parse(textOf(name)).jobs))
        expect([name, job, uses === undefined ? typeof limit : 'number']).toEqual([name, job, 'number']);
    }
  });
});
