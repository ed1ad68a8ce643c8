import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, type InputsOf, inertLine, type OutputsOf, UserError } from '@release-kit/action';
import { type Config, findConfig, loadConfig, parseArchitecture } from '@release-kit/config';
import { parseDistribution } from '@release-kit/debian';
import {
  type BootedMachine,
  basePackages,
  chooseEngine,
  createMachine,
  type Machine,
  ownArchitecture,
  prepareBase,
} from '@release-kit/machine';
import { type ManifestFile, openPackages } from '@release-kit/manifest';
import {
  type Apt,
  checkNames,
  debFolder,
  downloadDependencies,
  installDependencies,
  installPackages,
  type MachineRun,
  purgePackages,
} from './apt.ts';
import type { InstallPlan } from './apt-output.ts';
import { type Checks, checkAnswers, checkCommands, checkFiles, checkServices, judgeLeftovers } from './checks.ts';
import type { Leftovers } from './leftover.ts';
import { detailsOf, type Problem } from './problem.ts';
import { removeAndLook } from './removal.ts';
import { selectDebs } from './selection.ts';
import type { UnitResult } from './services.ts';
import { type SmokeResult, smokeReport, smokeSummary } from './smoke-result.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';
import { placeOf } from './source-place.ts';
import type { spec } from './spec.ts';
import { type Steps, startSteps } from './steps.ts';

type Inputs = InputsOf<typeof spec>;

/** Installs the packages in a clean machine with systemd running, checks them, removes and purges them, and tells what it saw. */
export async function run(inputs: Inputs, host: Host): Promise<OutputsOf<typeof spec>> {
  await using packages = await openPackages(inputs.manifest, inputs.manifestDigest, host);
  const { folder, manifest } = packages;
  const configFile = inputs.config ?? (await findConfig(inputs.source)) ?? (await findConfig(host.files.workspace));
  const config = await loadConfig(configFile, host.files.workspace);
  const own = ownArchitecture();
  const wanted = inputs.architecture === undefined ? undefined : parseArchitecture(inputs.architecture);
  const target = { distribution: inputs.distribution, architecture: wanted, own };
  const { installOn, builtFor, architecture, debs } = selectDebs(manifest.files, target);
  if (installOn !== builtFor) host.log.info(`Packages built for ${builtFor} are installed on ${installOn}`);
  if (architecture !== own) host.log.info(`Packages for ${architecture} are tried in a machine of that architecture`);

  const { engine, reason } = await chooseEngine(host, inputs.engine);
  host.log.debug(`engine ${engine}: ${reason}`);
  host.progress.update(`preparing ${installOn} with systemd`);
  const base = await prepareBase(host, {
    distribution: parseDistribution(installOn),
    architecture,
    packages: basePackages.smoke,
    ...(inputs.mirror === undefined ? {} : { mirror: inputs.mirror }),
  });
  await using machine = await createMachine(host, base, engine);
  await bringDebs(host, machine, folder, debs);

  const steps = startSteps(host);
  const apt: Apt = { debs: debs.map((deb) => `${debFolder}/${deb.path}`), names: debs.map((deb) => deb.package), timeout: inputs.timeout };
  const seen = await runSteps(host, steps, machine, apt, config);
  const result: SmokeResult = {
    distribution: installOn,
    packages: debs.map((deb) => ({ name: deb.package, version: deb.version })),
    steps: steps.list,
    problems: await placeAll(steps.problems, inputs.source, host),
    ...seen,
  };
  host.summary.add(smokeSummary(result));
  if (inputs.report !== undefined) await writeFile(inputs.report, smokeReport(result));
  const outputs = outputsOf(result);
  failOnProblems(result, outputs, host);
  return outputs;
}

async function bringDebs(host: Host, machine: Machine, folder: string, debs: readonly ManifestFile[]): Promise<void> {
  await using staging = await host.files.temporary('smoke');
  for (const deb of debs) await copyFile(join(folder, deb.path), join(staging.path, deb.path));
  await machine.copyIn(staging.path, debFolder);
}

type Seen = Pick<SmokeResult, 'units' | 'leftovers'>;
const nothing: Seen = { units: [], leftovers: { found: [], accounts: [] } };

/** The network is on while dependencies are fetched, and off from the moment that the packages' own scripts can run. */
async function runSteps(host: Host, steps: Steps, machine: Machine, apt: Apt, config: Config): Promise<Seen> {
  const fetched = await steps.run('fetch dependencies', async () => {
    await checkNames((argv, options) => machine.run(argv, options), apt);
    const plan = await downloadDependencies((argv, options) => machine.run(argv, { ...options, network: true }), apt);
    return { plan, note: plan.dependencies.length === 0 ? 'none needed' : inertLine(plan.dependencies.join(', ')) };
  });
  if (fetched === undefined) return nothing;
  const boot = await steps.run('boot', async () => {
    const system = await machine.boot({ network: false, timeout: apt.timeout });
    return { system, note: `systemd is ${inertLine(system.state)}, the network is off` };
  });
  if (boot === undefined) return nothing;
  await using booted = boot.system;
  const run: MachineRun = (argv, options) => booted.run(argv, options);
  const installed = await installAll(steps, booted, run, apt, fetched.plan);
  if (installed === undefined) return nothing;
  const units = await checkInstalled(steps, { host, machine: booted, config, packages: apt.names, timeout: apt.timeout });
  const names = units.map((unit) => unit.unit);
  const removed = await steps.run('remove', () => removeAndLook(booted, run, apt, names));
  if (removed === undefined) return { ...nothing, units };
  return { units, leftovers: await purgeAndLook(steps, booted, run, apt, installed.before) };
}

/** Dependencies first, so that the snapshot before the packages counts what they brought as there. */
async function installAll(
  steps: Steps,
  booted: BootedMachine,
  run: MachineRun,
  apt: Apt,
  plan: InstallPlan,
): Promise<{ readonly before: Snapshot } | undefined> {
  if (plan.dependencies.length > 0) {
    const ready = await steps.run('install dependencies', async () => {
      await installDependencies(run, apt, plan);
      return { note: `${plan.dependencies.length} packages` };
    });
    if (ready === undefined) return undefined;
  }
  const before = await takeSnapshot(booted);
  return steps.run('install', async () => {
    await installPackages(run, apt);
    return { before, note: inertLine(apt.names.join(', ')) };
  });
}

/** Failed checks are gathered, and removal follows all the same: one run shows everything there is to mend. */
async function checkInstalled(steps: Steps, checks: Checks): Promise<readonly UnitResult[]> {
  const { smoke } = checks.config;
  const services = await steps.run('services', () => checkServices(checks));
  const units = services?.units ?? [];
  if (smoke.services.some((service) => service.healthy !== undefined)) await steps.run('health checks', () => checkAnswers(checks, units));
  if (smoke.commands.length > 0) await steps.run('commands', () => checkCommands(checks));
  if (smoke.files.length > 0) await steps.run('files', () => checkFiles(checks));
  return units;
}

async function purgeAndLook(steps: Steps, booted: BootedMachine, run: MachineRun, apt: Apt, before: Snapshot): Promise<Leftovers> {
  const purged = await steps.run('purge', async () => {
    await purgePackages(run, apt);
    return { note: 'purged' };
  });
  if (purged === undefined) return nothing.leftovers;
  const looked = await steps.run('leftovers', async () => judgeLeftovers(before, await takeSnapshot(booted)));
  return looked?.leftovers ?? nothing.leftovers;
}

async function placeAll(problems: readonly Problem[], source: string, host: Host): Promise<readonly Problem[]> {
  const placed: Problem[] = [];
  for (const problem of problems) {
    const found = problem.subject === undefined ? undefined : await placeOf(problem.subject, source, host.files.workspace);
    const place = found ?? problem.place;
    placed.push(place === undefined ? problem : { ...problem, place });
  }
  return placed;
}

function outputsOf(result: SmokeResult): OutputsOf<typeof spec> {
  const up = result.units.filter((unit) => unit.outcome === 'up').map((unit) => inertLine(unit.unit));
  const left = result.leftovers.found.map((leftover) => inertLine(leftover.what));
  return { result: result.problems.length === 0 ? 'passed' : 'failed', services: up.join('\n'), leftover: left.join('\n') };
}

/** The first problem is the error, as it is the likeliest cause of the others, which are annotated beside it. */
function failOnProblems(result: SmokeResult, outputs: OutputsOf<typeof spec>, host: Host): void {
  const [first, ...others] = result.problems;
  if (first === undefined) return;
  // The error that ends the step carries no evidence, so that of the first problem goes out beside it.
  if (first.evidence !== undefined)
    host.annotate({ level: 'notice', title: `install-smoke: what was seen`, message: first.evidence, ...first.place });
  for (const { code, message, evidence, place } of others) {
    host.annotate({
      level: 'error',
      title: `install-smoke: ${code}`,
      message: evidence === undefined ? message : `${message}\n${evidence}`,
      ...place,
    });
  }
  const more = others.length === 0 ? '' : ` (and ${others.length} more: ${[...new Set(others.map((problem) => problem.code))].join(', ')})`;
  throw new UserError(first.code, `${first.message}${more}`, { ...detailsOf(first), outputs });
}
