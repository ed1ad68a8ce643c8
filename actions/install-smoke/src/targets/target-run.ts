import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import type { Config } from '@release-kit/config';
import { parseDistribution } from '@release-kit/debian';
import { basePackages, type EngineName, prepareBase } from '@release-kit/machine';
import { aptManager } from '../apt/apt-manager.ts';
import type { PackageSet } from '../package-manager.ts';
import type { Target, TargetResult } from '../target.ts';
import { type Ground, runTrack, skippedTrack } from '../tracks/track.ts';
import { tracksOf } from '../tracks/tracks.ts';

/** What all targets of a run share. */
export interface TargetRun {
  readonly host: Host;
  readonly config: Config;
  readonly engine: EngineName;
  readonly mirror: string | undefined;
  /** Absolute folder of the packages. */
  readonly folder: string;
  /** Milliseconds for each step. */
  readonly timeout: number;
  /** Whether lines of the log name the target. */
  readonly several: boolean;
}

/** All tracks on one target. */
export async function runTarget(run: TargetRun, target: Target): Promise<TargetResult> {
  const { host, config, engine, mirror, timeout } = run;
  host.progress.update(`preparing ${target.name} with systemd`);
  const base = await prepareBase(host, {
    distribution: parseDistribution(target.distribution),
    architecture: target.architecture,
    packages: basePackages.smoke,
    ...(mirror === undefined ? {} : { mirror }),
    ...(target.image === undefined ? {} : { image: target.image }),
  });
  const packages: PackageSet = {
    label: 'new',
    packages: target.debs.map((deb) => ({
      ...{ name: deb.package, version: deb.version, architecture: deb.architecture },
      file: join(run.folder, deb.path),
    })),
  };
  const label = run.several ? target.name : '';
  const ground: Ground = { host, target, config, base, engine, manager: aptManager(host, timeout), packages, timeout, label };
  const tracks = [];
  for (const planned of tracksOf(ground))
    tracks.push(planned.kind === 'track' ? await runTrack(ground, planned.track) : skippedTrack(planned.name, planned.reason));
  return { target, outcome: tracks.some(({ outcome }) => outcome === 'failed') ? 'failed' : 'passed', tracks, problems: [] };
}
