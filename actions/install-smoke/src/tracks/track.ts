import { type Host, inertLine } from '@release-kit/action';
import type { Config } from '@release-kit/config';
import { type BaseSystem, type BootedMachine, createMachine, type EngineName } from '@release-kit/machine';
import type { Figures } from '../figures/figures.ts';
import { type Leftovers, nothingLeft } from '../files/leftover.ts';
import type { InstallPlan, InstallWishes, MachineRun, PackageManager, PackageSet } from '../package-manager.ts';
import { isFailure } from '../problem.ts';
import type { Session } from '../session.ts';
import { type Steps, startSteps } from '../steps.ts';
import { stopwatch } from '../stopwatch.ts';
import type { Target, TrackResult } from '../target.ts';
import type { UnitResult } from '../units/services.ts';

/** What the tracks of a target share. */
export interface Ground {
  readonly host: Host;
  readonly target: Target;
  readonly config: Config;
  readonly base: BaseSystem;
  readonly engine: EngineName;
  readonly manager: PackageManager;
  /** The packages that are tried. */
  readonly packages: PackageSet;
  /** Milliseconds for each step. */
  readonly timeout: number;
  /** Stands before each line of the log; empty when there is one target only. */
  readonly label: string;
}

/** What a track saw besides its steps. */
export interface Seen {
  readonly units: readonly UnitResult[];
  readonly leftovers: Leftovers;
}

export const nothingSeen: Seen = { units: [], leftovers: nothingLeft };

export interface Track {
  readonly name: string;
  /** The sets that are brought into the machine, with all that they depend on. */
  readonly sets: readonly PackageSet[];
  readonly wishes: InstallWishes;
  /** The steps, from the moment that the dependencies are installed. */
  readonly steps: (session: Session) => Promise<Seen>;
}

/** Runs a track in a machine of its own, which is gone afterwards. Failed checks are in the result. */
export async function runTrack(ground: Ground, track: Track): Promise<TrackResult> {
  const { host, base, engine, label } = ground;
  const steps = startSteps(host, [label, track.name === 'life cycle' ? '' : track.name].filter((word) => word !== '').join(' '));
  const figures = notebook();
  const previousFigures = notebook();
  await using machine = await createMachine(host, base, engine);
  const fetched = await steps.run('fetch dependencies', async () => {
    const plan = await ground.manager.prepare(machine, track.sets, track.wishes);
    return { plan, note: plan.dependencies.length === 0 ? 'none needed' : inertLine(plan.dependencies.join(', ')) };
  });
  const boot =
    fetched &&
    (await steps.run('boot', async () => {
      const system = await machine.boot({ network: false, timeout: ground.timeout });
      return { system, note: `systemd is ${inertLine(system.state)}, the network is off` };
    }));
  const seen =
    fetched && boot
      ? await inBooted(ground, track, { steps, figures, previousFigures, plan: fetched.plan, booted: boot.system })
      : nothingSeen;
  return {
    name: track.name,
    outcome: steps.problems.some(isFailure) ? 'failed' : 'passed',
    steps: steps.list,
    problems: steps.problems,
    ...seen,
    figures: figures({}),
    previousFigures: previousFigures({}),
  };
}

/** What stands in the reports for a track that cannot be run. */
export function skippedTrack(name: string, reason: string): TrackResult {
  return { name, outcome: 'skipped', reason, steps: [], problems: [], ...nothingSeen, figures: {}, previousFigures: {} };
}

type Notebook = (figures: Figures) => Figures;

function notebook(): Notebook {
  let all: Figures = {};
  return (more) => {
    all = { ...all, ...more };
    return all;
  };
}

interface Booted {
  readonly steps: Steps;
  readonly figures: Notebook;
  readonly previousFigures: Notebook;
  readonly plan: InstallPlan;
  readonly booted: BootedMachine;
}

async function inBooted(ground: Ground, track: Track, { steps, figures, previousFigures, plan, booted }: Booted): Promise<Seen> {
  await using machine = booted;
  const run: MachineRun = (argv, options) => machine.run(argv, options);
  if (plan.dependencies.length > 0) {
    const ready = await steps.run('install dependencies', async () => {
      await ground.manager.installDependencies(run, plan);
      return { note: `${plan.dependencies.length} packages` };
    });
    if (ready === undefined) return nothingSeen;
  }
  const { host, target, config, manager, packages, timeout } = ground;
  // Awaited here: the machine is powered off when this function ends.
  return await track.steps({
    ...{ host, target, config, machine, run, manager, packages, steps, timeout, installed: stopwatch(host.clock) },
    measure: figures,
    measurePrevious: previousFigures,
  });
}
