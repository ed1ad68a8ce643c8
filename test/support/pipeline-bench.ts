/**
 * Runs the release of two packages of the archive for two architectures, from a tag to the complete draft, by the published workflows, and prints where the time
 * went on the critical path, as JSON. A process of its own, started by `npm run bench -- pipeline`; argument: folder of the sources.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { callerRepository } from './callers/caller.ts';
import { crossed } from './callers/examples.ts';
import { signingKey } from './callers/signing-key.ts';
import { startWorld } from './callers/world.ts';
import { git } from './history.ts';
import { publishedTree } from './published-tree.ts';
import { criticalPath } from './views/critical-path.ts';
import { seenRun } from './views/seen-run.ts';
import { type Sample, type Work, watchWork } from './work-watch.ts';
import { pushEvent } from './workflows/event.ts';
import { runnerJobs } from './workflows/outcome.ts';

/** Made with the same version, since a tag names one. */
const packages = ['hello', 'tinyxml2'];
const tag = 'v1.0.0';

const [sources = ''] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'pipeline-bench-'));
try {
  await using tree = await publishedTree();
  const key = await signingKey();
  const caller = await callerRepository(folder, 'octo-org/two', fill, { 'release.yml': 'release.yml' });
  await caller.tag(tag);
  const event = await pushEvent({ repository: caller.name, bare: caller.bare }, `refs/tags/${tag}`);
  await using world = await startWorld(caller, tree);
  const rounds = [];
  // The first fills the cache.
  for (const isMeasured of [false, true]) {
    world.github.releases.splice(0);
    using watch = watchWork();
    const before = loadavg()[0];
    const secrets = key.inRepository;
    const run = await world.run('release.yml', event, { secrets, parallel: 4, runId: isMeasured ? 1002 : 1001 });
    if (run.conclusion !== 'success')
      throw new Error(
        runnerJobs(run.jobs)
          .flatMap((job) => job.steps.flatMap((step) => (step.conclusion === 'failure' ? step.lines : [])))
          .join('\n'),
      );
    if (isMeasured)
      rounds.push({ wall: run.endedAt - run.startedAt, before, after: loadavg()[0], links: linksOf(run, watch.samples, watch.every) });
  }
  console.log(JSON.stringify(rounds[0]));
} finally {
  await rm(folder, { recursive: true, force: true });
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

function linksOf(run: Parameters<typeof seenRun>[0], samples: readonly Sample[], every: number): readonly object[] {
  const jobs = new Map(runnerJobs(run.jobs).map((job) => [job.key, job]));
  return criticalPath(seenRun(run).jobs).map(({ job, waited, took }) => {
    const outcome = jobs.get(job.id);
    const steps = (outcome?.steps ?? []).map((step) => {
      const during = samples.filter(
        ({ at, workspace }) => workspace === outcome?.runner?.workspace && at >= step.startedAt && at < step.endedAt,
      );
      const spent = (work: Work): number => during.filter((sample) => sample.work === work).length * every;
      const work = { compiling: spent('compiling'), lintian: spent('lintian'), apt: spent('apt') };
      return { name: step.name, took: step.endedAt - step.startedAt, ...work };
    });
    return { name: job.name, waited, took, steps };
  });
}
