import { relative, resolve, sep } from 'node:path';
import { type Host, type InputsOf, inertLine } from '@release-kit/action';
import { type Config, findConfig, loadConfig, parseArchitecture, rootOf } from '@release-kit/config';
import { parseDistribution } from '@release-kit/debian';
import { makePlan, matrixJson } from './plan.ts';
import { planLines, planTable } from './plan-table.ts';
import { readSourcePackage, type SourcePackage } from './source-package.ts';
import type { spec } from './spec.ts';

type Inputs = InputsOf<typeof spec>;

/** Reads what is to be built, lays it out as jobs, shows the plan and hands it over. */
export async function run(inputs: Inputs, host: Host) {
  const file = inputs.config ?? (await findConfig(inputs.source));
  const config = await loadConfig(file, host.files.workspace);
  host.log.info(`Configuration: ${file === undefined ? 'none, defaults are used' : inertLine(nameOf(file, host))}`);

  const packages = await readPackages(file, config, inputs, host);
  const distributions =
    inputs.distributions.length === 0 ? config.distributions : distinct(inputs.distributions.map((name) => parseDistribution(name).name));
  const architectures = inputs.architectures.length === 0 ? config.architectures : distinct(inputs.architectures.map(parseArchitecture));

  const plan = makePlan({ packages, distributions, architectures, config });
  const matrix = matrixJson(plan.jobs);
  for (const line of planLines(plan.jobs)) host.log.info(line);
  for (const sentence of plan.skipped) host.log.warning(`left out: ${inertLine(sentence)}`);
  host.summary.add(planTable(plan));
  return { matrix, count: String(plan.jobs.length) };
}

/** The packages of the configuration, below its root; without a configuration the one in `source`. */
async function readPackages(file: string | undefined, config: Config, inputs: Inputs, host: Host): Promise<readonly SourcePackage[]> {
  const folders =
    file === undefined ? [inputs.source] : (config.packages ?? [{ path: '.' }]).map(({ path }) => resolve(rootOf(file), path));
  const packages: SourcePackage[] = [];
  for (const [index, folder] of folders.entries())
    packages.push(await readSourcePackage(folder, nameOf(folder, host), config.place(`packages[${index}].path`)));
  return packages;
}

/** Relative to the workspace where it is inside, which later jobs share; with `/` on every system. */
function nameOf(path: string, host: Host): string {
  const name = relative(host.files.workspace, path);
  if (name === '') return '.';
  return name === '..' || name.startsWith(`..${sep}`) ? path : name.split(sep).join('/');
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
