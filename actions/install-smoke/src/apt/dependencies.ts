import { type Host, inertLine } from '@release-kit/action';
import { type BaseSystem, basePackages, type EngineName, type Machine, prepareLayer } from '@release-kit/machine';
import type { InstallPlan, InstallWishes, MachineRun, PackageSet } from '../package-manager.ts';
import { type Problem, ProblemError } from '../problem.ts';
import { callApt, mustApt, problemOf } from './apt-call.ts';
import { parseSimulation } from './apt-output.ts';
import { type Available, availability, namesIn } from './availability.ts';
import { parseRemoved } from './dpkg-status.ts';
import { copySets, repository, smokeFolder } from './local-repository.ts';
import type { OwnPackage } from './own-package.ts';
import { neededRemovals, undeclaredRemovals, unmetProblems, wants } from './unmet.ts';
import { blockProblems, unmetBlock } from './unmet-block.ts';

/** Where dependencies are installed, and by what. */
export interface DependencyGround {
  readonly host: Host;
  readonly base: BaseSystem;
  readonly engine: EngineName;
  /** Milliseconds for each command. */
  readonly timeout: number;
}

/** A set and what its control files say. */
export interface ReadSet {
  readonly set: PackageSet;
  readonly packages: readonly OwnPackage[];
}

/** Of the machine; made with the layer. */
export const planFile = `${smokeFolder}/plan.json`;
const options = ['-q', '-y', '-o', 'Dpkg::Use-Pty=0', '-o', 'APT::Sandbox::User=root', '-o', 'Acquire::Retries=3'] as const;
const unsafe = ['-o', 'DPkg::Options::=--force-unsafe-io'] as const;

/**
 * The base system with all that the sets depend on installed, and none of their packages: the only step that has the network. Kept
 * as a layer by what the packages depend on, so that the next build of them fetches nothing. Throws ProblemError.
 */
export async function withDependencies(ground: DependencyGround, sets: readonly ReadSet[], wishes: InstallWishes): Promise<BaseSystem> {
  const { host, base, engine } = ground;
  const request = { name: 'smoke-dependencies', inputs: layerInputs(sets, wishes) };
  return prepareLayer(host, base, engine, request, async (machine) => {
    await copySets(
      host,
      machine,
      sets.map(({ set }) => set),
    );
    const plan = await installAll(ground, machine, sets, wishes);
    // apt's own caches of the archive's lists are large, and the lists are not used again.
    const script = `rm -rf -- "$1" /var/cache/apt/*.bin && cat > "$0"`;
    await machine.run(['/bin/sh', '-c', script, planFile, repository], { stdin: JSON.stringify(plan), errorCode: 'E_MACHINE' });
  });
}

const relationFields = ['Pre-Depends', 'Depends', 'Recommends', 'Conflicts', 'Breaks', 'Replaces', 'Provides'] as const;

/** All that decides which packages come along. A new build of the same packages has the same inputs, whatever its version is. */
export function layerInputs(sets: readonly ReadSet[], wishes: InstallWishes): unknown {
  const facts = ({ file, control }: OwnPackage): unknown => [
    file.name,
    file.architecture,
    ...relationFields.map((field) => control.get(field)?.replaceAll(`(= ${file.version})`, '(= its own)') ?? null),
  ];
  // The recipe counts up with each change of what is made or refused here: a layer that is kept was judged by the rules of its time.
  return { recipe: 3, sets: sets.map(({ packages }) => packages.map(facts)), recommends: wishes.recommends, beside: wishes.beside };
}

async function installAll(
  ground: DependencyGround,
  machine: Machine,
  sets: readonly ReadSet[],
  wishes: InstallWishes,
): Promise<InstallPlan> {
  const { host, timeout } = ground;
  const online: MachineRun = (argv, how) => machine.run(argv, { ...how, network: true });
  const own = new Set(sets.flatMap(({ packages }) => packages.map(({ file }) => file.name)));
  const plans: Resolution[] = [];
  for (const each of sets) plans.push(await resolve(ground, machine, each, wishes, own));
  const dependencies = [...new Set(plans.flatMap((plan) => plan.dependencies))];
  const removed = [...new Set(plans.flatMap((plan) => plan.removed))];
  const absent = wishes.recommends ? await absentRecommendations(ground, machine, sets) : [];
  if (dependencies.length === 0) return { dependencies, removed, absent };
  host.progress.update(`fetching ${inertLine(dependencies.join(', '))}`);
  const recommends = `APT::Install-Recommends=${String(wishes.recommends)}`;
  const install = ['apt-get', ...options, ...unsafe, '-o', recommends, 'install', '--', ...dependencies] as const;
  const first = await callApt(online, install, timeout);
  // The lists may be older than the archive, which no longer has what they name.
  if (first.exitCode !== 0) {
    await callApt(online, ['apt-get', ...options, 'update'], timeout);
    await mustApt(online, 'install', install, timeout);
  }
  await mustApt(online, 'install', ['apt-mark', 'auto', ...dependencies], timeout);
  return { dependencies, removed, absent };
}

/** apt leaves them out without a word. */
async function absentRecommendations(ground: DependencyGround, machine: Machine, sets: readonly ReadSet[]): Promise<readonly string[]> {
  const packages = sets.flatMap((each) => each.packages);
  const names = namesIn(wants(packages, ['Recommends']).map(({ relation }) => relation));
  const available = await availability((argv, how) => machine.run(argv, how), names, ground.timeout);
  return unmetProblems(packages, available, ground.base.request.distribution.name, ['Recommends']).map(({ message }) => message);
}

type Resolution = Omit<InstallPlan, 'absent'>;

/** The lists of a base system that was made from an archive are compared with it before use; those of images are as old as these. */
const isCurrent = ({ request, layers }: BaseSystem): boolean => request.image === undefined && layers.length === 0;

/** What apt would install and remove; lists that may be old are brought up to date when they do not do. */
async function resolve(
  ground: DependencyGround,
  machine: Machine,
  each: ReadSet,
  wishes: InstallWishes,
  own: ReadonlySet<string>,
): Promise<Resolution> {
  const { timeout } = ground;
  const offline: MachineRun = (argv, how) => machine.run(argv, how);
  const online: MachineRun = (argv, how) => machine.run(argv, { ...how, network: true });
  const files = each.packages.map(({ path }) => `${repository}/${path}`);
  const recommends = `APT::Install-Recommends=${String(wishes.recommends)}`;
  const simulate = ['apt-get', ...options, '-o', recommends, '--simulate', 'install', ...files, ...wishes.beside] as const;
  let simulated = await callApt(offline, simulate, timeout);
  let lists = '';
  if (simulated.exitCode !== 0 && !isCurrent(ground.base)) {
    const update = await callApt(online, ['apt-get', ...options, 'update'], timeout);
    lists = update.exitCode === 0 ? '' : `${update.stdout}${update.stderr}`;
    simulated = await callApt(offline, simulate, timeout);
  }
  if (simulated.exitCode !== 0) throw await explained(ground, offline, each, wishes, `${lists}${simulated.stdout}${simulated.stderr}`);
  const plan = parseSimulation(simulated.stdout, own);
  if (plan.removed.length > 0) await checkRemovals(ground, offline, each, plan.removed, simulated.stdout);
  return plan;
}

/** Says by package what cannot be satisfied: from the control files and what there is, else in apt's own words. */
async function explained(ground: DependencyGround, run: MachineRun, { packages }: ReadSet, wishes: InstallWishes, output: string) {
  const system = ground.base.request.distribution.name;
  const names = namesIn(wants(packages).map(({ relation }) => relation));
  const available = await availability(run, [...names, ...wishes.beside], ground.timeout);
  const own = new Set(packages.map(({ file }) => file.name));
  const unmet = [...absentBeside(wishes.beside, available, system), ...unmetProblems(packages, available, system)];
  const [first, ...more] = unmet.length > 0 ? unmet : blockProblems(unmetBlock(output), own);
  if (first === undefined) return new ProblemError(problemOf('install', output));
  // What comes before is the same for everybody.
  const evidence = /^The following packages have unmet dependencies:.*/ms.exec(output)?.[0].trimEnd() ?? output.trimEnd();
  return new ProblemError({ ...first, evidence }, undefined, more);
}

function absentBeside(beside: readonly string[], available: ReadonlyMap<string, Available>, system: string): readonly Problem[] {
  return beside
    .filter((name) => (available.get(name)?.versions ?? []).length === 0)
    .map((name) => ({
      category: 'missing-dependency',
      message: inertLine(`${system} has no package ${name}, which smoke.beside names`),
      cure: 'Correct the name in smoke.beside of release-kit.yml.',
    }));
}

/** Packages that would go must have been meant. */
async function checkRemovals(
  ground: DependencyGround,
  run: MachineRun,
  { packages }: ReadSet,
  removed: readonly string[],
  output: string,
): Promise<void> {
  const show = ['dpkg-query', '--show', `--showformat=\${Package}\\t\${Version}\\t\${Provides}\\n`, '--', ...removed] as const;
  const { stdout } = await run(show, { allow: 'any', timeout: ground.timeout, env: {} });
  const system = ground.base.request.distribution.name;
  const gone = parseRemoved(stdout);
  const needed = neededRemovals(packages, gone, basePackages.smoke, system);
  const [first, ...more] = needed.length > 0 ? needed : undeclaredRemovals(packages, gone, system);
  const evidence = output.replace(/^(?:Reading|Building|Conf) .*\n/gm, '').trimEnd();
  if (first !== undefined) throw new ProblemError({ ...first, evidence }, undefined, more);
}
