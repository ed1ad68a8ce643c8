import { firstErrorOf, type Host, inertLine } from '@release-kit/action';
import type { Config } from '@release-kit/config';
import { type BaseSystem, type BootedMachine, createMachine, type EngineName, type MachineLimits } from '@release-kit/machine';
import type { Figures } from '../figures/figures.ts';
import { type Leftovers, nothingLeft } from '../files/leftover.ts';
import type { InstallPlan, InstallWishes, MachineRun, PackageManager, PackageSet } from '../package-manager.ts';
import { isFailure } from '../problem.ts';
import { keepJournal, keepOutput } from '../report/track-log.ts';
import type { Session } from '../session.ts';
import { type Begun, type Finding, type Steps, startSteps } from '../steps.ts';
import { stopwatch } from '../stopwatch.ts';
import type { Target, TrackResult } from '../target.ts';
import type { Tracing } from '../tracing/trace-book.ts';
import { readListeners } from '../units/listeners.ts';
import type { UnitResult } from '../units/services.ts';
import { type Aside, asideOf } from './aside.ts';
import { type DiskGuard, guarded } from './disk-guard.ts';
import { type FailureShell, failureShell, ShellLeft } from './failure-shell.ts';
import { maskIdleGenerators } from './generators.ts';

/** What the tracks of a target share. */
export interface Ground {
  readonly host: Host;
  readonly target: Target;
  readonly config: Config;
  /** Root of the source tree, absolute. */
  readonly source: string;
  readonly base: BaseSystem;
  readonly engine: EngineName;
  readonly manager: PackageManager;
  /** The packages that are tried. */
  readonly packages: PackageSet;
  /** Milliseconds for each step. */
  readonly timeout: number;
  /** Of each machine. */
  readonly limits: MachineLimits;
  readonly disk: DiskGuard;
  /** Starts work in a second machine at once; undefined where there is no room for one. */
  readonly spare: <T>(body: () => Promise<T>) => Promise<T> | undefined;
  /** Absolute folder for what the machine said; undefined: nobody wants it. */
  readonly logs: string | undefined;
  /** undefined: scripts that fail are not run again. */
  readonly tracing: Tracing | undefined;
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
  /** Why there is nothing to try, in one line; undefined when there is. */
  readonly idle?: () => Promise<string | undefined>;
  /** The names of all steps, in their order; those that did not come about are shown as not run. */
  readonly planned?: readonly string[];
  /** The steps, from the moment that the dependencies are installed. */
  readonly steps: (session: Session) => Promise<Seen>;
  /** Steps in a machine that is not booted. */
  readonly plain?: PlainSteps;
}

export interface PlainSteps {
  /** Whether they are told, after the others. */
  isDue(steps: Steps): boolean;
  /** Runs them to their end; they are told by whoever asked. */
  begin(machine: PlainMachine): Promise<readonly Begun<Finding>[]>;
}

/** A machine that is not booted: commands run in it, and no systemd does. */
export interface PlainMachine {
  readonly run: MachineRun;
  readonly manager: Pick<PackageManager, 'install' | 'remove' | 'purge'>;
  readonly packages: PackageSet;
  readonly steps: Steps;
}

/** Runs a track in a machine of its own, which is gone afterwards. Failed checks are in the result. */
export async function runTrack(ground: Ground, track: Track): Promise<TrackResult> {
  const { host } = ground;
  const reason = await track.idle?.();
  if (reason !== undefined) {
    host.log.detail(`– skipped: ${reason}`);
    return skippedTrack(track.name, reason);
  }
  const shell = failureShell(host, `${ground.target.name}, ${track.name}`);
  const notes: Notes = { steps: startSteps(host, (step) => shell.open(step)), shell, figures: notebook(), previousFigures: notebook() };
  const seen = await inMachine(ground, track, notes).catch((error: unknown) => {
    if (firstErrorOf(error) instanceof ShellLeft) return nothingSeen;
    throw error;
  });
  leaveOutRest(notes.steps, track.planned ?? []);
  return { ...resultOf(track.name, notes.steps), ...seen, figures: notes.figures({}), previousFigures: notes.previousFigures({}) };
}

/** A failure may end a track: what would have followed is shown, so that nobody takes it for tried. */
function leaveOutRest(steps: Steps, planned: readonly string[]): void {
  const run = new Set(steps.list.map(({ name }) => name));
  const failed = steps.list.findLast(({ result }) => result === 'failed');
  if (failed !== undefined)
    steps.leaveOut(
      planned.filter((name) => !run.has(name)),
      `${failed.name} failed`,
    );
}

/** What the steps of a track came to; nothing was seen or measured besides. */
export function resultOf(name: string, { list, problems }: Steps): TrackResult {
  const outcome = problems.some(isFailure) ? 'failed' : 'passed';
  return { name, outcome, steps: list, problems, ...nothingSeen, figures: {}, previousFigures: {} };
}

async function inMachine(ground: Ground, track: Track, notes: Notes): Promise<Seen> {
  const { host, engine, limits, manager } = ground;
  const { steps, shell } = notes;
  await using stack = new AsyncDisposableStack();
  const ready = await steps.run('dependencies', async () => {
    const system = await manager.prepare(track.sets, track.wishes);
    const machine = stack.use(shell.watch(await createMachine(host, system, engine, { limits }), { network: true }));
    return { system, machine, note: planText(await manager.provide(machine, track.sets), system) };
  });
  if (ready === undefined) return nothingSeen;
  const { machine, system } = ready;
  await using aside = asideOf(ground, track, system, steps);
  const boot = await steps.run('boot', async () => {
    const booted = await machine.boot({ network: false, timeout: ground.timeout });
    return { booted, note: `systemd is ${inertLine(booted.state)}, the network is off` };
  });
  if (boot === undefined) return nothingSeen;
  const seen = await inBooted(ground, track, notes, boot.booted, aside);
  await aside.tell(keepOutput((argv, options) => machine.run(argv, options), ground.logs));
  return seen;
}

/** What came along, and what had to go. */
export function planText({ dependencies, removed, absent }: InstallPlan, { origin }: Pick<BaseSystem, 'origin'>): string {
  const kept = origin === 'archive' ? '' : `, from the ${origin.replace('-', ' ')}`;
  const parts = [
    dependencies.length === 0 ? 'none needed' : `${dependencies.join(', ')}${kept}`,
    ...(removed.length === 0 ? [] : [`removed: ${removed.join(', ')}`]),
    ...absent,
  ];
  return inertLine(parts.join('; '));
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

/** What is written down while a track runs. */
interface Notes {
  readonly steps: Steps;
  readonly shell: FailureShell;
  readonly figures: Notebook;
  readonly previousFigures: Notebook;
}

async function inBooted(ground: Ground, track: Track, notes: Notes, booted: BootedMachine, aside: Aside): Promise<Seen> {
  const { steps, shell } = notes;
  await using machine = guarded(shell.watch(booted, { network: false }), ground.disk);
  const run = keepOutput((argv, options) => machine.run(argv, options), ground.logs);
  const { host, target, config, manager, packages, timeout } = ground;
  const [listeningBefore] = await Promise.all([readListeners(run), maskIdleGenerators(run)]);
  // Awaited here: the machine is powered off when this function ends.
  const seen = await track.steps({
    ...{ host, target, config, machine, run, manager, packages, steps, timeout, installed: stopwatch(host.clock) },
    listeningBefore,
    measure: notes.figures,
    measurePrevious: notes.previousFigures,
    atRest: () => aside.start(),
  });
  if (ground.logs !== undefined && steps.problems.some(isFailure)) await keepJournal(run, ground.logs);
  if (!aside.needsMachine()) await machine.cut();
  return seen;
}
