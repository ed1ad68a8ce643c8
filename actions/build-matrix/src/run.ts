import { relative, sep } from 'node:path';
import { codeBlock, type Host, type InputsOf, inertLine } from '@release-kit/action';
import { findConfig, loadConfig, parseArchitecture } from '@release-kit/config';
import { parseDistribution } from '@release-kit/debian';
import { changedFiles } from './changed-files.ts';
import { comparisonOf, readEvent } from './comparison.ts';
import { nameOf, readPackages } from './packages.ts';
import { checkShape, makePlan, maxJobs, type Plan, planOutputs } from './plan.ts';
import { planJson, totalCost } from './plan-json.ts';
import { planMermaid } from './plan-mermaid.ts';
import { planLines, planTable, reasonTable } from './plan-table.ts';
import { type Choice, choosePackages } from './selection.ts';
import type { spec } from './spec.ts';
import { checkVersions } from './tag-agreement.ts';

type Inputs = InputsOf<typeof spec>;

/** Reads what is to be built, leaves out what a pull request did not touch, lays the rest out as jobs, shows and hands over the plan. */
export async function run(inputs: Inputs, host: Host) {
  const file = inputs.config ?? (await findConfig(inputs.source));
  const config = await loadConfig(file, host.files.workspace);
  host.log.info(`Configuration: ${file === undefined ? 'none, defaults are used' : inertLine(nameOf(file, host))}`);

  const { root, packages, skipped } = await readPackages(file, config, inputs.source, host);
  const event = await readEvent(host);
  const changes = await changedFiles(comparisonOf(inputs, event, host.github), root, host);
  const shared = { patterns: config.shared, file: file && relative(root, file).split(sep).join('/') };
  const choices = choosePackages(packages, changes, shared);

  const maxParallel = inputs.maxParallel ?? config.matrix.maxParallel;
  const made = makePlan({
    choices,
    distributions: asked(inputs.distributions, (name) => parseDistribution(name).name),
    architectures: asked(inputs.architectures, parseArchitecture),
    config,
    privateRepository: event.privateRepository ?? false,
    maxParallel,
  });
  const plan = { ...made, skipped: [...skipped, ...made.skipped] };
  checkShape(plan.jobs, inputs);
  if (inputs.tag !== undefined) await checkVersions(choices, inputs.tag, inputs.olderChangelog === 'allowed', host);
  const { matrix, stages } = planOutputs(plan.jobs);
  showPlan(plan, inputs.show, host);
  return {
    matrix,
    stages,
    any: String(plan.jobs.length > 0),
    count: String(plan.jobs.length),
    failFast: inputs.failFast ?? String(config.matrix.failFast),
    maxParallel: String(maxParallel ?? maxJobs),
    packages: [...new Set(plan.jobs.map((job) => job.package))].join('\n'),
  };
}

/** Each once; undefined when nothing was asked for. */
function asked(names: readonly string[], read: (name: string) => string): readonly string[] | undefined {
  return names.length === 0 ? undefined : [...new Set(names.map(read))];
}

function showPlan(plan: Plan, form: Inputs['show'], host: Host): void {
  const { jobs, choices, skipped } = plan;
  for (const line of reasonLines(choices)) host.log.info(line);
  for (const line of linesOf(plan, form)) host.log.info(line);
  for (const sentence of skipped) host.log.warning(`left out: ${inertLine(sentence)}`);
  if (jobs.some(({ architecture, strategy }) => architecture === 'arm64' && strategy === 'auto'))
    host.log.info("arm64 is built on amd64: GitHub's own arm runners are for public repositories; name one under runners to use it");
  if (jobs.length === 0) host.log.warning('the plan is empty: there is nothing to build');
  const size = `${jobs.length} ${jobs.length === 1 ? 'job' : 'jobs'}`;
  const total = totalCost(jobs);
  // One native build costs 1, which says nothing.
  const cost = total <= 1 ? '' : `, about ${total} times the work of one native build`;
  if (form !== 'none') host.summary.add(`## Plan: ${size}${cost}\n\n${markdownOf(plan, form)}\n${reasonTable(plan)}`);
}

/** One line for each package, or one for all when it is the same for all. */
function reasonLines(choices: readonly Choice[]): readonly string[] {
  const common = choices[0]?.reason ?? '';
  if (choices.every(({ built, reason }) => built && reason === common)) return [`Everything is built: ${inertLine(common)}`];
  return choices.map(({ package: { name }, built, reason }) => `${name} ${built ? 'is built' : 'is not built'}: ${inertLine(reason)}`);
}

function linesOf(plan: Plan, form: Inputs['show']): readonly string[] {
  switch (form) {
    case 'none':
      return [];
    case 'table':
      return plan.jobs.length === 0 ? [] : planLines(plan.jobs);
    case 'json':
      return planJson(plan).split('\n');
    case 'mermaid':
      return planMermaid(plan).trimEnd().split('\n');
  }
}

function markdownOf(plan: Plan, form: Inputs['show']): string {
  switch (form) {
    case 'none':
      return '';
    case 'table':
      return planTable(plan);
    case 'json':
      return `${codeBlock(planJson(plan), 'json')}\n`;
    case 'mermaid':
      return plan.jobs.length === 0 ? '' : `${codeBlock(planMermaid(plan), 'mermaid')}\n`;
  }
}
