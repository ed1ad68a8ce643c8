import { type Host, type InputsOf, type OutputsOf, UserError } from '@release-kit/action';
import { type Architecture, architectureOf, type StrategyDecision } from '@release-kit/cross';
import { canRun, chooseEngine, type Distribution, type HostNeed, missingTools, parseDistribution } from '@release-kit/machine';
import { hostArchitecture, strategyFor } from './architecture.ts';
import { emulate } from './emulation.ts';
import { hostSystem, untestedHost } from './host-system.ts';
import { install } from './install.ts';
import { missingText } from './installation.ts';
import { installLibraries } from './libraries.ts';
import { emulationNeed, libraryPackages, missingNeeds, toolchainNeeds } from './needs.ts';
import { prepareAll, proveEngine } from './preparation.ts';
import type { spec } from './spec.ts';
import { describeToolchain } from './toolchain.ts';

type Inputs = InputsOf<typeof spec>;

/** Architectures and the way between them. */
interface Target {
  readonly own: Architecture;
  readonly target: Architecture;
  readonly decision: StrategyDecision;
  /** Whether programs of the target need QEMU here. */
  readonly foreign: boolean;
}

/** Makes this host able to build: has the base systems ready, or the compilers, or both. */
export async function run(inputs: Inputs, host: Host): Promise<OutputsOf<typeof spec>> {
  const wants = { machines: inputs.prepare !== 'toolchain', toolchain: inputs.prepare !== 'machines' };
  const distribution = parseDistribution(inputs.distribution);
  const chosen = await chooseTarget(inputs, host);
  const { own, target, decision, foreign } = chosen;
  const libraries = chooseLibraries(inputs, chosen);
  host.log.info(`Packages for ${target.name} are built with the strategy ${decision.strategy}: ${decision.reason}`);
  await checkHost(inputs, host);

  const needs = [
    ...(wants.machines ? await missingTools(host, inputs.engine === 'docker' ? 'docker' : 'nspawn') : []),
    ...(wants.toolchain ? await missingNeeds(host, toolchainNeeds(own, target)) : []),
    ...(foreign && inputs.emulation ? await missingNeeds(host, [emulationNeed(target)]) : []),
  ];
  const tools = await installNeeds(inputs, host, needs);
  const added = await installLibraries(host, libraries, { ...inputs, target });
  const multiarch = libraries.length > 0;
  const emulator = foreign && inputs.emulation ? await emulate(host, target, { needed: wants.machines, multiarch }) : undefined;
  const machines = wants.machines ? await prepareMachines(inputs, host, distribution, chosen) : undefined;
  const description = { own, target, runsItself: !foreign, emulator };
  const toolchain = wants.toolchain ? await describeToolchain(host, description, inputs.export) : undefined;
  return {
    strategy: decision.strategy,
    strategyReason: decision.reason,
    engine: machines?.engine ?? '',
    installed: [...tools, ...added].join('\n'),
    baseSystem: machines?.base.key ?? '',
    baseOrigin: machines?.base.origin ?? '',
    triplet: target.gnu,
    emulator: emulator?.program ?? '',
    environmentFile: toolchain?.environment ?? '',
    cmakeToolchainFile: toolchain?.cmake ?? '',
    mesonCrossFile: toolchain?.meson ?? '',
  };
}

async function chooseTarget(inputs: Inputs, host: Host): Promise<Target> {
  const target = architectureOf(inputs.architecture);
  const own = architectureOf(await hostArchitecture(host));
  const ability = await canRun(host, target.name);
  // What is missing is installed below, so that QEMU counts as there.
  const expected = ability === 'no' && inputs.emulation && inputs.install ? 'emulated' : ability;
  const decision = strategyFor({ wanted: inputs.strategy, architecture: target.name, own: own.name, ability: expected });
  return { own, target, decision, foreign: ability !== 'native' };
}

function chooseLibraries({ libraries, prepare, emulation }: Inputs, { own, target, foreign }: Target): readonly string[] {
  if (prepare !== 'machines') return libraryPackages(libraries, own, target, !foreign && emulation);
  if (libraries.length === 0) return [];
  throw new UserError('E_INPUT', 'input libraries: libraries are installed on this host only with a toolchain', {
    cure: 'Set prepare to toolchain or both. What a Debian package builds with is named in its Build-Depends.',
  });
}

async function checkHost(inputs: Inputs, host: Host): Promise<void> {
  const warning = untestedHost(await hostSystem());
  if (warning !== undefined) host.log.warning(warning);
  if (process.getuid?.() === 0) return;
  const what = inputs.prepare === 'toolchain' ? 'installing packages needs' : 'clean machines need';
  throw new UserError('E_HOST', `${what} root, and this is another user`, { cure: 'Run with sudo.' });
}

const preparedWords = { machines: 'machines need', toolchain: 'a toolchain needs', both: 'machines and a toolchain need' } as const;

async function installNeeds({ prepare, install: allowed }: Inputs, host: Host, missing: readonly HostNeed[]): Promise<readonly string[]> {
  if (missing.length > 0 && !allowed) throw new UserError('E_TOOL_MISSING', `this host lacks ${missingText(missing)}`);
  if (missing.length > 0) return install(host, missing);
  host.log.info(`Nothing to install: this host has all that ${preparedWords[prepare]}`);
  return [];
}

async function prepareMachines(inputs: Inputs, host: Host, distribution: Distribution, { own, target, decision, foreign }: Target) {
  const { engine, reason } = await chooseEngine(host, inputs.engine);
  host.log.info(`Machines run by ${engine}: ${reason}`);
  const architectures = {
    build: decision.strategy === 'cross' ? own.name : target.name,
    // lintian reads packages of every architecture; what is installed has to run.
    lint: own.name,
    smoke: foreign && !inputs.emulation ? undefined : target.name,
  };
  const { mirror, image } = inputs;
  const request = { distribution, ...(mirror === undefined ? {} : { mirror }), ...(image === undefined ? {} : { image }) };
  const base = await host.log.group(`Prepare base systems of ${distribution.name}`, () => prepareAll(host, request, architectures));
  await proveEngine(host, base, engine);
  return { engine, base };
}
