import { existsSync } from 'node:fs';
import { cp, link, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { mergeManifests, readManifest, writeManifest } from '@release-kit/manifest';
import type { ActionName } from './actions.ts';
import type { Buildable } from './build-order.ts';
import { buildOrder } from './build-order.ts';
import type { PlannedJob } from './matrix.ts';
import { readBuildable } from './repository.ts';

export type Texts = Readonly<Record<string, string>>;

/** A job of the plan, with what its package needs and makes. */
interface PackageJob extends Buildable {
  readonly job: PlannedJob;
}

export interface PackageBuilds {
  /** In any order. */
  readonly jobs: readonly PlannedJob[];
  /** Absolute; job paths start here. */
  readonly workspace: string;
  /** Absolute; takes all packages, the manifest of all, and logs. */
  readonly stage: string;
  /** Inputs that each build gets. */
  readonly build: Texts;
  /** Inputs that each check by lintian gets. */
  readonly lint: Texts;
  /** Runs an action as a step; `of` names the package where there are several. */
  readonly act: (name: ActionName, given: Texts, of?: string) => Promise<Texts>;
}

export interface BuiltPackages {
  /** Absolute. */
  readonly manifest: string;
  readonly digest: string;
  /** File names of the binary packages. */
  readonly packages: readonly string[];
}

/**
 * Builds and lints each package after those of the same run that it needs, and hands it theirs. One package is built right into the
 * stage; several have a folder each, and come together in the stage at the end, with one manifest.
 */
export async function buildPackages(run: PackageBuilds): Promise<BuiltPackages> {
  const [first, ...more] = run.jobs;
  if (first !== undefined && more.length === 0) return buildOne(run, first, run.stage, run.stage, []);
  const folderOf = (job: PlannedJob): string => join(run.stage, 'packages', job.package);
  const built: BuiltPackages[] = [];
  for (const { package: one, after } of buildOrder(await Promise.all(run.jobs.map((job) => packageJob(job, run.workspace))))) {
    const { job } = one;
    const folder = folderOf(job);
    try {
      const locals = after.map((other) => join(folderOf(other.job), 'manifest.json'));
      built.push(await buildOne(run, job, folder, join(run.stage, 'logs', job.package), locals, job.package));
    } finally {
      await moveLogs(join(folder, 'logs'), join(run.stage, 'logs', job.package));
    }
  }
  return together(run.stage, built);
}

async function buildOne(
  run: PackageBuilds,
  job: PlannedJob,
  folder: string,
  logs: string,
  locals: readonly string[],
  of?: string,
): Promise<BuiltPackages> {
  const source = resolve(run.workspace, job.path);
  const target = {
    distribution: job.distribution,
    architecture: job.architecture,
    strategy: job.strategy,
    'build-all': String(job.buildAll),
  };
  const given = {
    source,
    output: folder,
    ...target,
    ...(locals.length === 0 ? {} : { 'local-packages': locals.join('\n') }),
    ...run.build,
  };
  const { manifestDigest: digest = '', packages = '' } = await run.act('build-deb', given, of);
  const manifest = join(folder, 'manifest.json');
  const report = join(of === undefined ? join(folder, 'logs') : await made(logs), 'lintian.json');
  await run.act('lintian-check', { manifest, 'manifest-digest': digest, source, report, ...run.lint }, of);
  return { manifest, digest, packages: packages.split('\n').filter((line) => line !== '') };
}

async function packageJob(job: PlannedJob, workspace: string): Promise<PackageJob> {
  return { ...(await readBuildable(resolve(workspace, job.path), job.path)), job };
}

async function together(stage: string, built: readonly BuiltPackages[]): Promise<BuiltPackages> {
  const manifests = [];
  for (const { manifest, digest } of built)
    manifests.push({ folder: join(manifest, '..'), manifest: await readManifest(manifest, { digest }) });
  const merged = mergeManifests(manifests.map(({ manifest }) => manifest));
  for (const { path, sha256 } of merged.files) {
    const owner = manifests.find(({ manifest }) => manifest.files.some((file) => file.path === path && file.sha256 === sha256));
    if (owner !== undefined) await link(join(owner.folder, path), join(stage, path));
  }
  const manifest = join(stage, 'manifest.json');
  const digest = await writeManifest(manifest, merged);
  return { manifest, digest, packages: built.flatMap(({ packages }) => packages) };
}

async function moveLogs(from: string, to: string): Promise<void> {
  if (!existsSync(from)) return;
  await cp(from, await made(to), { recursive: true });
}

async function made(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  return folder;
}
