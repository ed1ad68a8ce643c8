/**
 * Runs the release of two packages of the archive for two architectures, from a tag to the complete draft, by the published workflows, and prints where the time
 * went on the critical path, as JSON. A process of its own, started by `npm run bench -- pipeline`; arguments: folder of the sources, names of the packages.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { writesOf } from '@release-kit/github-stand-in';
import type { LinkTime, PipelineTime, StepTime } from '../../scripts/bench/pipeline-section.ts';
import { callerRepository } from './callers/caller.ts';
import { crossed } from './callers/examples.ts';
import { signingKey } from './callers/signing-key.ts';
import { startWorld } from './callers/world.ts';
import { git } from './history.ts';
import { publishedTree } from './published-tree.ts';
import { criticalPath } from './views/critical-path.ts';
import { type SeenJob, seenRun } from './views/seen-run.ts';
import { type Sample, type Work, watchWork } from './work-watch.ts';
import { pushEvent } from './workflows/event.ts';
import { type JobOutcome, runnerJobs, type StepOutcome } from './workflows/outcome.ts';

const tag = 'v1.0.0';

const [sources = '', ...packages] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'pipeline-bench-'));
try {
  await using tree = await publishedTree();
  const key = await signingKey();
  const caller = await callerRepository(folder, 'octo-org/two', fill, { 'release.yml': 'release.yml' });
  await caller.tag(tag);
  const event = await pushEvent({ repository: caller.name, bare: caller.bare }, `refs/tags/${tag}`);
  await using world = await startWorld(caller, tree);
  let measured: PipelineTime | undefined;
  // What counts is the first run that finds all it needs in the cache.
  let kept = await cached();
  for (const runId of [1001, 1002, 1003]) {
    world.github.releases.splice(0);
    const callsBefore = world.github.calls.length;
    using watch = watchWork();
    const [load = 0] = loadavg();
    const run = await world.run('release.yml', event, { secrets: key.inRepository, parallel: 4, runId });
    if (run.conclusion !== 'success') throw new Error(failuresOf(run.jobs).join('\n'));
    const { jobs } = seenRun(run);
    const draft = jobs.find(({ name }) => name.endsWith('draft'));
    if (draft === undefined) throw new Error(`no job makes a draft: ${jobs.map(({ name }) => name).join(', ')}`);
    const time: PipelineTime = {
      wall: draft.endedAt,
      changes: writesOf(world.github.calls.slice(callsBefore)).filter(({ url }) => url.includes('/releases')).length,
      ...{ before: load, after: loadavg()[0] ?? 0 },
      links: linksOf(jobs, draft, runnerJobs(run.jobs), watch.samples, watch.every),
    };
    const before = kept;
    kept = await cached();
    if ([...kept].every((entry) => before.has(entry))) {
      measured = time;
      break;
    }
  }
  if (measured === undefined) throw new Error('each of three runs added something to the cache');
  console.log(JSON.stringify(measured));
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** What the cache of release-kit holds, whole entries: base systems, layers, keyrings. */
async function cached(): Promise<ReadonlySet<string>> {
  const { RELEASE_KIT_CACHE: folder = '' } = process.env;
  const kinds = await readdir(folder);
  const entries = await Promise.all(kinds.map(async (kind) => (await readdir(join(folder, kind))).map((name) => join(kind, name))));
  return new Set(entries.flat());
}

/** Two sources of the archive as a project of its own would have them: native, with one version. */
async function fill(checkout: string): Promise<void> {
  await git(checkout, 0, ['init', '--quiet', '--initial-branch=main']);
  for (const name of packages) {
    const dsc = (await readdir(join(sources, name))).find((file) => file.endsWith('.dsc')) ?? '';
    execFileSync('dpkg-source', ['--extract', join(sources, name, dsc), join(checkout, name)], { stdio: 'ignore' });
    await rm(join(checkout, name, '.pc'), { recursive: true, force: true });
    await writeFile(join(checkout, name, 'debian/source/format'), '3.0 (native)\n');
    await rm(join(checkout, name, 'debian/patches'), { recursive: true, force: true });
    const changelog = join(checkout, name, 'debian/changelog');
    await writeFile(changelog, (await readFile(changelog, 'utf8')).replace(/\(.*?\)/, '(1.0.0)'));
  }
  await writeFile(
    join(checkout, 'release-kit.yml'),
    `architectures: [amd64, arm64]\nlint:\n  fail-on: never\nsmoke:\n  autopkgtest: false\n${crossed(...packages)}`,
  );
  await git(checkout, 0, ['add', '--all', '--force']);
  await git(checkout, 0, ['commit', '--quiet', '--message', 'feat: two packages']);
}

function linksOf(
  jobs: readonly SeenJob[],
  draft: SeenJob,
  outcomes: readonly JobOutcome[],
  samples: readonly Sample[],
  every: number,
): readonly LinkTime[] {
  const byKey = new Map(outcomes.map((job) => [job.key, job]));
  return criticalPath(jobs, draft.id).map(({ job, waited, took }) => {
    const outcome = byKey.get(job.id);
    const own = samples.filter(({ workspace }) => workspace === outcome?.runner?.workspace);
    return { name: job.name, waited, took, steps: (outcome?.steps ?? []).map((step) => stepTime(step, own, every)) };
  });
}

/** `samples` of its job. */
function stepTime(step: StepOutcome, samples: readonly Sample[], every: number): StepTime {
  const during = samples.filter(({ at }) => at >= step.startedAt && at < step.endedAt);
  const spent = (work: Work): number => during.filter((sample) => sample.work === work).length * every;
  return {
    name: step.name,
    by: step.uses?.startsWith('actions/') ? 'github' : 'release-kit',
    took: step.endedAt - step.startedAt,
    ...{ compiling: spent('compiling'), lintian: spent('lintian'), apt: spent('apt') },
    parts: step.lines.flatMap(partOf),
  };
}

/** `✓ boot (1.8 s): systemd is running`, as the log of a trial says it. */
function partOf(line: string): StepTime['parts'] {
  const [, name, time] = /^[✓✗–] (.+) \((\d+\.\d) s\): /.exec(line) ?? [];
  return name === undefined ? [] : [{ name, took: Number(time) * 1000 }];
}

function failuresOf(jobs: readonly JobOutcome[]): readonly string[] {
  return runnerJobs(jobs).flatMap((job) => job.steps.flatMap((step) => (step.conclusion === 'failure' ? step.lines : [])));
}
