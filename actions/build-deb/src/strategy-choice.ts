import { type Host, inertLine, UserError } from '@release-kit/action';
import {
  buildSystemOf,
  decideAtOnce,
  decideByAsking,
  type Satisfiable,
  type SourceTraits,
  type StrategyDecision,
  solverAnswer,
  type WantedStrategy,
} from '@release-kit/cross';
import { type BaseSystem, canRun, createMachine, type Machine, ownArchitecture } from '@release-kit/machine';
import { aptGet } from './apt.ts';
import { type BaseNeeds, type BuildRequest, buildBase } from './build-once.ts';
import { addBuildUser, buildUser } from './build-user.ts';
import { buildWay } from './build-way.ts';
import { buildDepWords } from './dependencies.ts';
import type { SourceNeeds } from './source-needs.ts';
import { unmetDependencies } from './unmet.ts';
import { unpack } from './unpacked.ts';

/** What decides the strategy of a build. */
export interface StrategyRequest
  extends Omit<BaseNeeds, 'strategy'>,
    Pick<BuildRequest, 'source' | 'buildAll' | 'tests' | 'version' | 'output' | 'profiles' | 'options'> {
  readonly wanted: WantedStrategy;
  readonly needs: SourceNeeds;
}

/**
 * How the packages are built, and why. `auto` for a foreign architecture looks at the source, and asks apt's solver in a machine of the
 * distribution. Throws E_ARCHITECTURE for a native build that is none.
 */
export async function chooseStrategy(host: Host, request: StrategyRequest): Promise<StrategyDecision> {
  const { wanted, architecture, tests, needs } = request;
  const { onlyAll } = needs;
  const own = ownArchitecture();
  const ability = onlyAll || architecture === own ? 'native' : await canRun(host, architecture);
  const decision = decideAtOnce({ wanted, architecture, own, ability, onlyAll, tests: tests === 'run' });
  if (decision !== undefined) return decision;
  host.progress.update(`choosing how to build for ${architecture}`);
  const base = await crossBase(host, request);
  if (base instanceof UserError) return { strategy: 'emulate', reason: base.message };
  await using machine = await createMachine(host, base, request.engine);
  await addBuildUser(machine);
  const { source, version, output } = request;
  const { tree } = await unpack(machine, host, source, { given: version, output, includeSource: false });
  const buildSystem = buildSystemOf(await traitsOf(machine, tree, needs));
  const solver = buildSystem.crosses ? await askSolver(machine, tree, request) : { satisfiable: true as const };
  // apt's words are in it.
  const { strategy, reason } = decideByAsking(architecture, buildSystem, solver);
  return { strategy, reason: inertLine(reason) };
}

/** Where the archive has no toolchain for an architecture, or does not have the architecture at all, nothing crosses. */
async function crossBase(host: Host, request: StrategyRequest): Promise<BaseSystem | UserError> {
  try {
    return await buildBase(host, { ...request, strategy: 'cross' }, host.log.debug);
  } catch (error) {
    if (error instanceof UserError && error.code === 'E_BUILD_CROSS') return error;
    throw error;
  }
}

async function traitsOf(machine: Machine, tree: string, { relations }: SourceNeeds): Promise<SourceTraits> {
  const run = { cwd: tree, user: buildUser, allow: 'any' } as const;
  const [rules, files] = [await machine.run(['cat', 'debian/rules'], run), await machine.run(['ls', '-1', '-A'], run)];
  const fields = ['Build-Depends', 'Build-Depends-Arch'].map((field) => relations[field] ?? '');
  return { buildDepends: fields.join(','), rules: rules.stdout, files: files.stdout.split('\n') };
}

/** apt's own answer to whether the build dependencies of a cross build can be installed; installs nothing. */
async function askSolver(machine: Machine, tree: string, request: StrategyRequest): Promise<Satisfiable> {
  const words = ['--simulate', ...buildDepWords(buildWay({ ...request, strategy: 'cross' }, request.architecture)), './'];
  const { exitCode, stdout, stderr } = await aptGet(machine, words, { cwd: tree, logFile: request.logFile, timeout: request.deadline });
  const lines = `${stdout}\n${stderr}`.split('\n');
  return solverAnswer(request.architecture, exitCode, lines, unmetDependencies(lines));
}
