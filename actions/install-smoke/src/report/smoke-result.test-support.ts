import type { ManifestFile } from '@release-kit/manifest';
import type { Problem } from '../problem.ts';
import type { Step } from '../steps.ts';
import type { TargetResult, TrackResult } from '../target.ts';

export const hostileText =
  'x\n::error::y ##[error] <b onclick=1> </details> | ` @everyone https://evil.example \u202e \ud800 \u0000 ```\n```';

const deb: ManifestFile = {
  kind: 'deb',
  ...{ path: 'hello_1.0_amd64.deb', size: 1, sha256: '0'.repeat(64), package: 'hello', version: '1.0' },
  ...{ architecture: 'amd64', distribution: 'debian:12' },
};

export function stepOf(given: Partial<Step> & Pick<Step, 'name'>): Step {
  return { result: 'passed', milliseconds: 1234, note: 'fine', problems: [], ...given };
}

export function trackOf(given: Partial<TrackResult> = {}): TrackResult {
  const leftovers = { found: [], accounts: [], noted: [] };
  return {
    ...{ name: 'life cycle', outcome: 'passed', steps: [stepOf({ name: 'install' })], problems: [], units: [], leftovers },
    ...{ figures: {}, previousFigures: {} },
    ...given,
  };
}

export function resultOf(name: string, given: Partial<TargetResult> = {}): TargetResult {
  const [distribution = '', architecture = ''] = name.split('/');
  const target = { name, distribution, architecture, builtFor: 'debian:12', image: undefined, debs: [deb] };
  return { target, outcome: 'passed', tracks: [trackOf()], problems: [], ...given };
}

export const failure: Problem = {
  ...{ category: 'left-behind', message: '/x stayed', cure: 'Remove it.', evidence: `/x\n${hostileText}` },
  place: { file: 'debian/postrm', line: 4 },
};
export const warning: Problem = { category: 'slower', message: 'memory at rest is 9 MiB', level: 'warning' };

/** A track that failed in one step and warned in another. */
export function failedTrack(given: Partial<TrackResult> = {}): TrackResult {
  const steps = [
    stepOf({ name: 'install' }),
    stepOf({ name: 'upgrade', result: 'skipped', note: 'no previous release is named' }),
    stepOf({ name: 'leftovers', result: 'failed', milliseconds: 90, note: hostileText, problems: [failure, warning] }),
  ];
  return trackOf({
    ...{
      outcome: 'failed',
      steps,
      problems: [failure, warning],
      figures: { install: 1500, memory: 3_000_000 },
      previousFigures: { memory: 2_000_000 },
    },
    units: [{ unit: 'hello.service', outcome: 'up', after: 10, remark: hostileText }],
    leftovers: { found: [{ kind: 'path', what: '/x', below: 0, cure: 'Remove it.' }], accounts: ['user hello'], noted: [] },
    ...given,
  });
}

/** Everything that a run can come to. */
export function sampleResults(): readonly TargetResult[] {
  return [
    resultOf('debian:12/amd64', {
      outcome: 'failed',
      tracks: [failedTrack(), trackOf({ name: 'upgrade', outcome: 'skipped', reason: hostileText, steps: [] })],
    }),
    resultOf('debian:13/amd64', { outcome: 'failed', tracks: [failedTrack()] }),
    resultOf('ubuntu:24.04/amd64', { outcome: 'skipped', reason: 'the archive cannot be reached', tracks: [] }),
    resultOf('debian:11/amd64', {
      ...{ outcome: 'failed', tracks: [] },
      problems: [{ category: 'unreachable-target', message: hostileText }],
    }),
  ];
}
