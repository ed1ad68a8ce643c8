import { type Host, type InputsOf, type OutputsOf, prepareReports } from '@release-kit/action';
import { findConfig, loadConfig, parseArchitecture } from '@release-kit/config';
import { chooseEngine, ownArchitecture } from '@release-kit/machine';
import { openPackages } from '@release-kit/manifest';
import { tell } from './report/telling.ts';
import { failOnProblems, outputsOf } from './report/verdict.ts';
import type { spec } from './spec.ts';
import type { TargetResult } from './target.ts';
import { runTarget, type TargetRun } from './targets/target-run.ts';
import { chooseTargets } from './targets/targets.ts';

type Inputs = InputsOf<typeof spec>;

/** Takes the packages through their whole life in clean machines with systemd running, and tells what it saw. */
export async function run(inputs: Inputs, host: Host): Promise<OutputsOf<typeof spec>> {
  await prepareReports({ report: inputs.report, junit: inputs.junit });
  await using packages = await openPackages(inputs.manifest, inputs.manifestDigest, host);
  const configFile = inputs.config ?? (await findConfig(inputs.source)) ?? (await findConfig(host.files.workspace));
  const config = await loadConfig(configFile, host.files.workspace);
  const own = ownArchitecture();
  const targets = chooseTargets(packages.manifest.files, {
    distributions: inputs.distributions,
    architectures: inputs.architectures.map(parseArchitecture),
    own,
    image: inputs.image,
  });
  for (const { builtFor, distribution, architecture } of targets) {
    if (distribution !== builtFor) host.log.info(`Packages built for ${builtFor} are installed on ${distribution}`);
    if (architecture !== own) host.log.info(`Packages for ${architecture} are tried in a machine of that architecture`);
  }
  const { engine, reason } = await chooseEngine(host, inputs.engine);
  host.log.debug(`engine ${engine}: ${reason}`);
  const { mirror, timeout } = inputs;
  const running: TargetRun = { host, config, engine, mirror, folder: packages.folder, timeout, several: targets.length > 1 };
  const results: TargetResult[] = [];
  for (const target of targets) results.push(await runTarget(running, target));
  const { source, manifest, report, junit } = inputs;
  const told = await tell(results, { source, manifest, report, junit }, host);
  const outputs = outputsOf(results, { report: report ?? '', junit: junit ?? '' });
  failOnProblems(told, outputs);
  return outputs;
}
