import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Host, UserError } from '@release-kit/action';
import { findConfig, loadConfig } from '@release-kit/config';
import { sweepLeftovers } from '@release-kit/machine';
import { actions } from './actions.ts';
import { givenSecrets } from './given.ts';
import { writeLocalSummary } from './local-summary.ts';
import { type PlannedJob, readMatrix } from './matrix.ts';
import { notesOfEntry } from './notes.ts';
import { giveToInvoker } from './ownership.ts';
import type { RunRecord } from './record.ts';
import { lookAtSource, type Source } from './source.ts';
import type { ReadableHost, Surroundings } from './surroundings.ts';
import { chooseTag } from './tag.ts';

export interface PipelineOptions {
  readonly path: string;
  readonly output: string;
  readonly arch: string;
  readonly distribution?: string;
  readonly tag?: string;
  readonly failOn?: string;
  readonly dryRun?: boolean;
}

/**
 * From a source tree to a verified, signed draft release in a folder, by the same `run` functions that GitHub starts.
 * Works in a temporary folder; the output folder gets its files at the end, and the logs also when something fails.
 */
export async function pipeline(
  options: PipelineOptions,
  host: ReadableHost,
  record: RunRecord,
  surroundings: Surroundings,
): Promise<Readonly<Record<string, unknown>>> {
  const output = resolve(host.files.workspace, options.output);
  const source = await lookAtSource(options.path, host);
  refuseOutputInside(source, output, options);
  for (const path of await sweepLeftovers(host)) host.log.debug(`removed ${path}, left by a killed run`);
  await using stage = await host.files.temporary('stage');
  try {
    return await stages(options, source, stage.path, output, host, record, surroundings);
  } finally {
    await keepLogs(stage.path, output);
    await writeLocalSummary(output, record, host.summary.text);
    await giveToInvoker(output, surroundings.env);
  }
}

async function stages(
  options: PipelineOptions,
  source: Source,
  stage: string,
  output: string,
  host: Host,
  record: RunRecord,
  surroundings: Surroundings,
): Promise<Readonly<Record<string, unknown>>> {
  const manifest = join(stage, 'manifest.json');
  const common = { source: source.path, manifest };
  const config = await findConfig(source.folder);
  const { failOn } = (await loadConfig(config)).lint;
  const job = await plan(options, source, config, host, record);
  await record.step(
    'setup-cross',
    () => actions['setup-cross'].run({ distribution: job.distribution, architecture: job.architecture }, host),
    host,
  );
  const tags = source.ownHistory ? await tagsOnCommit(source.folder, host) : [];
  const wanted = options.tag ?? tags[0];
  const built = await record.step(
    'build-deb',
    () =>
      actions['build-deb'].run(
        {
          source: source.path,
          output: stage,
          distribution: job.distribution,
          architecture: job.architecture,
          ...(wanted === undefined ? {} : { version: wanted }),
        },
        host,
      ),
    host,
  );
  const digest = { 'manifest-digest': built['manifestDigest'] ?? '' };
  await record.step(
    'lintian-check',
    () =>
      actions['lintian-check'].run(
        { ...common, ...digest, 'fail-on': options.failOn ?? failOn, report: join(stage, 'logs', 'lintian.json') },
        host,
      ),
    host,
  );
  await record.step(
    'install-smoke',
    () =>
      actions['install-smoke'].run(
        { ...common, ...digest, ...(config === undefined ? {} : { config }), report: join(stage, 'logs', 'smoke.json') },
        host,
      ),
    host,
  );
  const notes = join(stage, 'notes.md');
  await writeNotes(source, notes, host, record);
  await record.step('sign-artifacts', () => sign({ manifest, ...digest }, host, surroundings), host);
  const { tag, reason } = chooseTag(options.tag, tags, source.newest, built['version'] ?? '');
  host.log.info(`release tag ${tag}: ${reason}`);
  if (options.dryRun === true) {
    record.skip('draft-release', 'dry run', host);
    return { tag, packages: lines(built['packages']) };
  }
  const drafted = await record.step(
    'draft-release',
    () => actions['draft-release'].run({ assets: stage, ...digest, tag, notes, destination: 'folder', output }, host),
    host,
  );
  await copyFile(manifest, join(output, 'manifest.json'));
  host.log.info(
    `draft release ${tag} in ${options.output}: ${lines(drafted['assets']).length} assets, see ${join(options.output, 'summary.md')}`,
  );
  return { output, tag, assets: lines(drafted['assets']), packages: lines(built['packages']) };
}

/** An output folder that is, or holds, the source would be packed into the package, or replace it. */
function refuseOutputInside(source: Source, output: string, options: PipelineOptions): void {
  if (output === source.folder || source.folder.startsWith(`${output}/`))
    throw new UserError('E_PATH', `--output is ${JSON.stringify(options.output)}, which is or holds the source`, {
      cure: 'Name another folder for the output.',
    });
}

async function plan(
  options: PipelineOptions,
  source: Source,
  config: string | undefined,
  host: Host,
  record: RunRecord,
): Promise<PlannedJob> {
  if (source.kind === 'dsc') return { distribution: options.distribution ?? 'debian:12', architecture: options.arch };
  const given = {
    source: source.folder,
    ...(config === undefined ? {} : { config }),
    ...(options.distribution === undefined ? {} : { distributions: options.distribution }),
    architectures: options.arch,
  };
  const { matrix } = await record.step('build-matrix', () => actions['build-matrix'].run(given, host), host);
  const [job, ...more] = readMatrix(matrix ?? '');
  if (job === undefined)
    throw new UserError('E_CONFIG', 'the plan is empty', {
      cure: 'List a package, a distribution and an architecture in release-kit.yml.',
    });
  if (more.length > 0) host.log.info(`this run builds for ${job.distribution} only; --distribution picks another of ${more.length + 1}`);
  return job;
}

async function tagsOnCommit(folder: string, host: Host): Promise<string[]> {
  const { stdout } = await host.exec(
    ['git', '-c', `safe.directory=${folder}`, 'tag', '--points-at', 'HEAD', '--list', 'v*', '--sort=-version:refname'],
    { cwd: folder, allow: 'any' },
  );
  return lines(stdout).filter((tag) => /^v\d+\.\d+\.\d+/.test(tag));
}

async function writeNotes(source: Source, notes: string, host: Host, record: RunRecord): Promise<void> {
  if (source.ownHistory) {
    await record.step('changelog', () => actions.changelog.run({ source: source.folder, output: notes }, host), host);
    return;
  }
  const text = source.newest === undefined ? '' : notesOfEntry(source.newest);
  await writeFile(notes, text === '' ? 'See the changelog inside the packages.\n' : text);
  record.skip(
    'changelog',
    source.newest === undefined
      ? 'a source package has no git history; the notes say so'
      : 'no git history of its own; the notes are the newest entry of debian/changelog',
    host,
  );
}

function sign(given: Record<string, string>, host: Host, surroundings: Surroundings): Promise<Readonly<Record<string, string>>> {
  const secrets = givenSecrets(actions['sign-artifacts'].spec, surroundings.env);
  return actions['sign-artifacts'].run({ ...given, ...secrets, ...('key' in secrets ? {} : { 'throw-away-key': 'true' }) }, host);
}

async function keepLogs(stage: string, output: string): Promise<void> {
  const logs = join(stage, 'logs');
  if (!existsSync(logs)) return;
  await mkdir(join(output, 'logs'), { recursive: true });
  await cp(logs, join(output, 'logs'), { recursive: true, force: true });
}

function lines(text: string | undefined): string[] {
  return (text ?? '').split('\n').filter((line) => line !== '');
}
