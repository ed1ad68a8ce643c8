import { join } from 'node:path';
import { type Host, UserError } from '@release-kit/action';
import type { Config } from '@release-kit/config';
import { parseDistribution } from '@release-kit/debian';
import { type BaseSystem, basePackages, type EngineName, type MachineLimits, prepareBase } from '@release-kit/machine';
import type { AnswerFile } from '../answers/answer-file.ts';
import { aptManager } from '../apt/apt-manager.ts';
import { aptSearch } from '../apt/apt-search.ts';
import { judgeFigures } from '../figures/figure-limits.ts';
import type { PackageManager, PackageSet } from '../package-manager.ts';
import { isFailure, machineProblem } from '../problem.ts';
import { logFolder } from '../report/track-log.ts';
import type { Target, TargetResult, TrackResult } from '../target.ts';
import { hasTests } from '../testers/autopkgtest.ts';
import { runTester } from '../testers/tester.ts';
import type { TraceBook } from '../tracing/trace-book.ts';
import { runTraced } from '../tracing/traced-run.ts';
import type { DiskGuard } from '../tracks/disk-guard.ts';
import { withFirstInstallationCure } from '../tracks/first-installation-cure.ts';
import { withRecommendedCure } from '../tracks/recommended-cure.ts';
import { type Ground, skippedTrack } from '../tracks/track.ts';
import { type PlannedTrack, tracksOf } from '../tracks/tracks.ts';
import { runUpgrade } from '../upgrade/upgrade.ts';
import type { NearHost } from './beside.ts';
import { unreachableProblem } from './reach.ts';
import type { Slots } from './slots.ts';

/** What all targets of a run share. */
export interface TargetRun {
  readonly host: Host;
  /** The host of one piece of work; the label says which it is. */
  readonly hostFor: (label: string) => NearHost;
  /** Room for machines. */
  readonly slots: Slots;
  readonly config: Config;
  /** Root of the source tree, absolute. */
  readonly source: string;
  readonly engine: EngineName;
  readonly mirror: string | undefined;
  /** Absolute folder of the packages. */
  readonly folder: string;
  /** Milliseconds for each step. */
  readonly timeout: number;
  /** Of each machine. */
  readonly limits: MachineLimits;
  readonly disk: DiskGuard;
  /** What becomes of a target whose base system cannot be made. */
  readonly unreachable: 'fail' | 'skip';
  /** For releases on GitHub; undefined: only public ones. */
  readonly githubToken: string | undefined;
  /** Whether lines of the log name the target. */
  readonly several: boolean;
  /** Errors that are no finding about packages or targets: they end the run when everything else has ended. */
  readonly unexpected: unknown[];
  readonly traces: TraceBook;
  /** Absolute folder for the logs of all machines; undefined: nobody wants them. */
  readonly logs: string | undefined;
  /** What `smoke.preseed` names. */
  readonly answers: AnswerFile | undefined;
}

/** Milliseconds: a script that hangs would hang again. */
const longestTrace = 30_000;

/** All tracks on one target, at the same time as far as there is room. Never fails: what ends the run is in `unexpected`. */
export async function runTarget(run: TargetRun, target: Target): Promise<TargetResult> {
  const base = await run.slots.use(() => reach(run, target));
  if ('outcome' in base) return base;
  const { host, config, source, engine, timeout, limits, disk } = run;
  const packages: PackageSet = {
    label: 'new',
    packages: target.debs.map((deb) => ({
      ...{ name: deb.package, version: deb.version, architecture: deb.architecture },
      file: join(run.folder, deb.path),
    })),
  };
  const ground: Ground = {
    host,
    target,
    config,
    source,
    base,
    engine,
    manager: managerFor(run, { base, engine }, host),
    packages,
    timeout,
    limits,
    disk,
    spare: run.slots.spare,
    logs: undefined,
    tracing: undefined,
  };
  const planned = tracksOf(ground, { hasTests: await hasTests(source), answers: run.answers });
  const tried = await Promise.all(planned.map((each) => runPlanned(run, ground, each)));
  const tracks = withFirstInstallationCure(withRecommendedCure(tried));
  const problems = judgeFigures(tracks, config);
  for (const problem of problems) host.log.info(`${isFailure(problem) ? '✗' : '!'} ${target.name}: ${problem.message}`);
  const failed = tracks.some(({ outcome }) => outcome === 'failed') || problems.some(isFailure);
  return { target, outcome: failed ? 'failed' : 'passed', tracks, problems };
}

async function reach(run: TargetRun, target: Target): Promise<BaseSystem | TargetResult> {
  using host = run.hostFor(run.several ? target.name : '');
  try {
    host.signal.throwIfAborted();
    host.progress.update(`preparing ${target.name} with systemd`);
    return await prepareBase(host, {
      distribution: parseDistribution(target.distribution),
      architecture: target.architecture,
      packages: basePackages.smoke,
      ...(run.mirror === undefined ? {} : { mirror: run.mirror }),
      ...(target.image === undefined ? {} : { image: target.image }),
    });
  } catch (error) {
    const problem = host.signal.aborted ? undefined : unreachableProblem(error);
    if (problem === undefined) return { target, outcome: 'failed', tracks: [], problems: [], reason: unexpected(run, error) };
    const isSkipped = run.unreachable === 'skip';
    host.log.info(isSkipped ? `– skipped: ${problem.message}` : `✗ ${problem.message}`);
    const { message: reason } = problem;
    return {
      target,
      tracks: [],
      reason,
      ...(isSkipped ? { outcome: 'skipped', problems: [] } : { outcome: 'failed', problems: [problem] }),
    };
  }
}

async function runPlanned(run: TargetRun, ground: Ground, planned: PlannedTrack): Promise<TrackResult> {
  if (planned.kind === 'skipped') return skippedTrack(planned.name, planned.reason);
  const name = nameOf(planned);
  return run.slots.use(async () => {
    using host = run.hostFor(labelOf(run, ground.target, name));
    try {
      host.signal.throwIfAborted();
      const hasty = { ...run, timeout: Math.min(run.timeout, longestTrace) };
      const near: Ground = {
        ...{ ...ground, host, manager: managerFor(run, ground, host) },
        logs: run.logs === undefined ? undefined : await logFolder(run.logs, ground.target.name, name),
        tracing: { book: run.traces, manager: managerFor(hasty, ground, host) },
      };
      if (planned.kind === 'upgrade')
        return await runUpgrade(near, { previous: planned.previous, githubToken: run.githubToken, search: aptSearch(host) });
      if (planned.kind === 'tester') return await runTester(near, planned.tester);
      return await runTraced(near, planned.track);
    } catch (error) {
      const problem = host.signal.aborted ? undefined : machineProblem(error);
      const failed = { ...skippedTrack(name, problem?.message ?? unexpected(run, error)), outcome: 'failed' } as const;
      return problem === undefined ? failed : { ...failed, problems: [problem] };
    }
  });
}

/** Its own words are about the work of that host. */
function managerFor({ timeout }: TargetRun, { base, engine }: Pick<Ground, 'base' | 'engine'>, host: Host): PackageManager {
  return aptManager({ host, base, engine, timeout });
}

function nameOf(planned: Exclude<PlannedTrack, { kind: 'skipped' }>): string {
  switch (planned.kind) {
    case 'track':
      return planned.track.name;
    case 'tester':
      return planned.tester.name;
    case 'upgrade':
      return 'upgrade';
  }
}

/** The life cycle is what every target has: it goes by the name of the target alone. */
function labelOf({ several }: TargetRun, { name }: Target, track: string): string {
  return [several ? name : '', track === 'life cycle' ? '' : track].filter((word) => word !== '').join(' ');
}

/** Keeps the error, and says in one line what it was. */
function unexpected(run: TargetRun, error: unknown): string {
  run.unexpected.push(error);
  return error instanceof UserError ? error.message : 'an error of release-kit itself';
}
