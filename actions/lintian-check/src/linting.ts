import { type Host, type InputsOf, inertLine } from '@release-kit/action';
import { type LintianReport, parseDistribution } from '@release-kit/debian';
import { basePackages, chooseEngine, createMachine, prepareBase } from '@release-kit/machine';
import { chooseAnnotated } from './annotations.ts';
import type { Explanations } from './explanation.ts';
import { rankFindings } from './finding.ts';
import type { LintBatch } from './lint-plan.ts';
import { bringFiles, explainTags, lintBatch, lintianVersion } from './lintian.ts';
import type { spec } from './spec.ts';

export interface DistributionWork {
  readonly distribution: string;
  readonly batches: readonly LintBatch[];
  readonly folder: string;
  readonly names: readonly string[];
}

export interface Linted {
  readonly reports: readonly LintianReport[];
  readonly explanations: Explanations;
  readonly version: string;
}

/** lintian's rules change with the release, so each distribution is linted by its own. */
export async function lintDistribution(inputs: InputsOf<typeof spec>, host: Host, work: DistributionWork): Promise<Linted> {
  const { distribution } = work;
  const { engine, reason } = await chooseEngine(host, inputs.engine);
  host.log.debug(`engine ${engine}: ${reason}`);
  host.progress.update(`preparing ${distribution} with lintian`);
  const architecture = (await host.exec(['dpkg', '--print-architecture'])).stdout.trim();
  const base = await prepareBase(host, {
    distribution: parseDistribution(distribution),
    architecture,
    packages: basePackages.lint,
    ...(inputs.mirror === undefined ? {} : { mirror: inputs.mirror }),
  });
  await using machine = await createMachine(host, base, engine);
  await bringFiles(host, machine, work.folder, work.names);
  const reports: LintianReport[] = [];
  for (const batch of work.batches) {
    host.progress.update(`lintian on ${batch.subjects.map(inertLine).join(', ')}`);
    reports.push(await lintBatch(host, machine, batch));
  }
  const shown = chooseAnnotated(rankFindings(reports.map((report) => ({ distribution, report }))));
  const explanations = await explainTags(host, machine, distribution, [...new Set(shown.map((finding) => finding.hint.tag))]);
  return { reports, explanations, version: await lintianVersion(machine) };
}
