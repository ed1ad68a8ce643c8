import { sourceLinks } from '@release-kit/action';
import { smokeSummary, type TargetResult, type TrackResult } from '@release-kit/action-install-smoke';

const link = sourceLinks({
  serverUrl: 'https://github.example',
  repository: 'example/hello',
  sha: '0123456789abcdef0123456789abcdef01234567',
});

type Step = TrackResult['steps'][number];
type Problem = TrackResult['problems'][number];

const journal = `Nov 21 12:00:00 release-kit systemd[1]: hello-service.service: ${'Main process exited, code=exited, '.repeat(6)}\nNov 21 end`;
const dies: Problem = {
  category: 'unit-dies',
  message: 'hello-service.service ended and was restarted twice: exit code 1',
  place: { file: 'debian/hello-service.service', line: 8 },
  evidence: journal,
};
const script: Problem = {
  category: 'script-failed',
  message: 'the postinst script of hello-service returned error exit status 1',
  place: { file: 'debian/hello-service.postinst', line: 14 },
  evidence: `12: adduser --system hello\n14: chown hello:hello /var/lib/hello-service-with-a-rather-long-name/${'state/'.repeat(20)}`,
};
const slower: Problem = {
  category: 'slower',
  message: 'memory at rest is 4.1 MiB, 1.40 times as much; the previous release had 2.9 MiB, and 20 % more are allowed',
  level: 'warning',
};

const lifeCycle = [
  'dependencies',
  'boot',
  'install',
  'services',
  'health checks',
  'commands',
  'files',
  'figures',
  'remove',
  'purge',
  'leftovers',
];
const upgrade = [
  'dependencies',
  'boot',
  'install the previous release',
  'upgrade',
  'services',
  'roll back',
  'forward again',
  'purge',
  'leftovers',
];

function track(name: string, names: readonly string[], found: Readonly<Record<string, Problem>> = {}): TrackResult {
  const steps: Step[] = [];
  for (const [index, step] of names.entries()) {
    const problem = found[step];
    const failed = problem !== undefined && problem.level !== 'warning';
    const note = problem?.message ?? `hello-service ${'was looked at, '.repeat(index % 4)}`;
    steps.push({
      name: step,
      result: failed ? 'failed' : 'passed',
      milliseconds: 377 * (index + 1),
      note,
      problems: problem === undefined ? [] : [problem],
    });
    if (failed && step === 'install') break;
  }
  const problems = steps.flatMap((step) => step.problems);
  return {
    name,
    outcome: steps.some(({ result }) => result === 'failed') ? 'failed' : 'passed',
    steps,
    problems,
    units: [
      {
        unit: 'hello-service.service',
        outcome: found['services'] === undefined ? 'up' : 'down',
        listens: ['127.0.0.1:8080/tcp', '[::1]:8080/tcp'],
      },
      { unit: 'hello-service-cleanup.timer', outcome: 'up', after: 100 },
      { unit: 'hello-service-import@.service', outcome: 'skipped', remark: 'a condition in its unit file does not hold in a container' },
    ],
    leftovers: { found: [], accounts: ['user hello-service'], noted: [] },
    figures: { install: 812, active: 1430, healthy: 1650, memory: 4_300_000, processor: 0.003, disk: 51_200 },
    previousFigures: name === 'upgrade' ? { install: 790, active: 1400, healthy: 1702, memory: 3_070_000, processor: 0, disk: 50_176 } : {},
  };
}

function result(name: string, given: Partial<TargetResult>): TargetResult {
  const [distribution = '', architecture = ''] = name.split('/');
  const deb = {
    kind: 'deb',
    ...{ path: 'hello.deb', size: 1, sha256: '0'.repeat(64), package: 'hello-service', version: '1.0.0+git20260101.0123456-1~deb12u1' },
    ...{ architecture, distribution },
  } as const;
  return {
    target: { name, distribution, architecture, builtFor: distribution, image: undefined, debs: [deb] },
    outcome: (given.tracks ?? []).some(({ outcome }) => outcome === 'failed') ? 'failed' : 'passed',
    tracks: [],
    problems: [],
    ...given,
  };
}

const recommends = track('with recommended packages', ['dependencies', 'boot', 'install', 'services', 'purge', 'leftovers']);
const noPrevious: TrackResult = {
  ...{ name: 'upgrade', outcome: 'skipped', reason: 'the previous release has no packages for arm64' },
  ...{ steps: [], problems: [], units: [], leftovers: { found: [], accounts: [], noted: [] }, figures: {}, previousFigures: {} },
};

/** Four systems and three tracks, with what can come of them: passed, failed in several ways, warned, skipped. */
export function smokeSample(): string {
  const results = [
    result('debian:12/amd64', { tracks: [track('life cycle', lifeCycle), track('upgrade', upgrade, { services: slower }), recommends] }),
    result('debian:13/amd64', {
      tracks: [track('life cycle', lifeCycle, { services: dies }), track('upgrade', upgrade, { services: dies }), recommends],
    }),
    result('debian:12/arm64', { tracks: [track('life cycle', lifeCycle, { install: script }), noPrevious] }),
    result('ubuntu:24.04/amd64', { outcome: 'skipped', reason: 'its archive cannot be reached, and unreachable is skip' }),
  ];
  return smokeSummary(results, {
    link,
    reproduce: ({ target }) =>
      `release-kit smoke --distributions=${target.distribution} --architectures=${target.architecture} --shell-on-failure packages/hello-service`,
  });
}
