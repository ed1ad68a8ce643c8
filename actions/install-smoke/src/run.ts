import { type Host, type InputsOf, type OutputsOf, prepareReports } from '@release-kit/action';
import { loadConfig, nearestConfig, rootOf } from '@release-kit/config';
import { chooseEngine, ownArchitecture } from '@release-kit/machine';
import { openPackages } from '@release-kit/manifest';
import { readAnswerFile } from './answers/answer-file.ts';
import { withNeeded } from './needed-packages.ts';
import { artifactNameOf, openLogs } from './report/logs.ts';
import { tell } from './report/telling.ts';
import { failOnProblems, failWhenAllSkipped, outputsOf } from './report/verdict.ts';
import type { spec } from './spec.ts';
import { hostsBeside } from './targets/beside.ts';
import { capacityHere, machinesAtATime, shareOf, slots } from './targets/slots.ts';
import { runTarget, type TargetRun } from './targets/target-run.ts';
import { chooseTargets } from './targets/targets.ts';
import { diskGuard } from './tracks/disk-guard.ts';
import { withPrevious } from './upgrade/previous-input.ts';

type Inputs = InputsOf<typeof spec>;

/** Takes the packages through their whole life in clean machines with systemd running, and tells what it saw. */
export async function run(inputs: Inputs, host: Host): Promise<OutputsOf<typeof spec>> {
  await prepareReports({ report: inputs.report, junit: inputs.junit });
  await using opened = await openPackages(inputs.manifest, inputs.manifestDigest, host);
  await using packages = await withNeeded(opened, inputs.localPackages, host);
  const configFile = inputs.config ?? (await nearestConfig(inputs.source, host.files.workspace));
  const config = withPrevious(await loadConfig(configFile, host.files.workspace), inputs.previous, {
    workspace: host.files.workspace,
    root: configFile === undefined ? host.files.workspace : rootOf(configFile),
  });
  const answers = await readAnswerFile(config, configFile, host.files.workspace);
  const own = ownArchitecture();
  const { distributions, architectures, image: images } = inputs;
  const targets = chooseTargets(packages.manifest.files, { distributions, architectures, configured: config.smoke.targets, own, images });
  for (const { builtFor, distribution, architecture } of targets) {
    if (distribution !== builtFor) host.log.info(`Packages built for ${builtFor} are installed on ${distribution}`);
    if (architecture !== own) host.log.info(`Packages for ${architecture} are tried in a machine of that architecture`);
  }
  await using logs = await openLogs(inputs, artifactNameOf(packages.manifest, targets), host);
  const { engine, reason } = await chooseEngine(host, inputs.engine);
  host.log.debug(`engine ${engine}: ${reason}`);
  const { mirror, timeout } = inputs;
  // Two shells cannot share one terminal.
  const room = slots(host.onFailure === 'shell' ? 1 : machinesAtATime(inputs.jobs, capacityHere()));
  await using scratch = await host.files.temporary('smoke');
  const running: TargetRun = {
    ...{
      host,
      hostFor: hostsBeside(host),
      slots: room,
      config,
      engine,
      mirror,
      folder: packages.folder,
      timeout,
      unexpected: [],
      traces: new Map(),
      logs: logs.folder,
    },
    unreachable: inputs.unreachable ?? config.smoke.unreachable,
    source: inputs.source,
    answers,
    githubToken: inputs.githubToken,
    limits: shareOf(capacityHere(), room.count),
    disk: await diskGuard(scratch.path),
    several: targets.length > 1,
  };
  const results = await Promise.all(targets.map((target) => runTarget(running, target)));
  host.signal.throwIfAborted();
  const { source, manifest, report, junit } = inputs;
  const told = await tell(results, { source, manifest, report, junit, logs }, host);
  const outputs = outputsOf(results, { report: report ?? '', junit: junit ?? '' });
  for (const error of running.unexpected) throw error;
  failOnProblems(told, outputs);
  failWhenAllSkipped(results, outputs);
  return outputs;
}
