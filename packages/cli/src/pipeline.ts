import { copyFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Host, UserError } from '@release-kit/action';
import { findConfig } from '@release-kit/config';
import { type ActionName, actions } from './actions.ts';
import { givenSecrets } from './given.ts';
import { readMatrix } from './matrix.ts';
import { notesOfEntry } from './notes.ts';
import { finishOutput } from './output-folder.ts';
import { preflight } from './preflight.ts';
import type { RunRecord } from './record.ts';
import { lookAtSource, type Source } from './source.ts';
import type { ReadableHost } from './surroundings.ts';
import { type ChosenTag, chooseTag } from './tag.ts';

export interface PipelineOptions {
  readonly path: string;
  readonly output: string;
  readonly arch: string;
  readonly distribution?: string;
  readonly tag?: string;
  readonly failOn?: string;
  readonly dryRun?: boolean;
}

/** What the steps share. */
interface Pipeline {
  readonly options: PipelineOptions;
  readonly source: Source;
  readonly chosen: ChosenTag;
  /** Absolute; undefined when the source has no release-kit.yml. */
  readonly config: string | undefined;
  /** Absolute; where everything is made before it is complete. */
  readonly stage: string;
  /** Absolute. */
  readonly output: string;
  readonly secrets: Readonly<Record<string, string>>;
  readonly act: (name: ActionName, given: Readonly<Record<string, string>>) => Promise<Readonly<Record<string, string>>>;
  readonly skip: (name: ActionName, reason: string) => void;
  readonly host: Host;
}

/**
 * From a source tree to a verified, signed draft release in a folder, by the same `run` functions that GitHub starts.
 * Works in a temporary folder; the output folder gets its files at the end, and the logs also when something fails.
 */
export async function pipeline(
  options: PipelineOptions,
  host: ReadableHost,
  record: RunRecord,
  { env, log }: { readonly env: NodeJS.ProcessEnv; readonly log: string },
): Promise<Readonly<Record<string, unknown>>> {
  const output = resolve(host.files.workspace, options.output);
  const source = await lookAtSource(options.path, host);
  const chosen = chooseTag(options.tag, source.tags ?? [], source.version);
  const secrets = givenSecrets(actions['sign-artifacts'].spec, env);
  await preflight(source, output, chosen.tag, secrets, host);
  await using stage = await host.files.temporary('stage');
  const config = await findConfig(source.folder);
  try {
    return await steps({
      ...{ options, source, chosen, config, stage: stage.path, output, secrets, host },
      act: (name, given) => record.step(name, () => actions[name].run(given, host), host),
      skip: (name, reason) => record.skip(name, reason, host),
    });
  } finally {
    await finishOutput({ stage: stage.path, output, log, steps: record.steps, text: host.summary.text, env });
  }
}

async function steps(run: Pipeline): Promise<Readonly<Record<string, unknown>>> {
  const { options, source, chosen, config, stage, output, act, host } = run;
  const manifest = join(stage, 'manifest.json');
  const logs = join(stage, 'logs');
  const configured: Readonly<Record<string, string>> = config === undefined ? {} : { config };
  const target = await plan(run, configured);
  await act('setup-cross', { ...target });
  const version: Readonly<Record<string, string>> = chosen.origin === 'version' ? {} : { version: chosen.tag };
  const built = await act('build-deb', { source: source.path, output: stage, ...target, ...version });
  const packages = { manifest, 'manifest-digest': built['manifestDigest'] ?? '' };
  const checked = { ...packages, source: source.path };
  const failOn: Readonly<Record<string, string>> = options.failOn === undefined ? {} : { 'fail-on': options.failOn };
  await act('lintian-check', { ...checked, ...configured, ...failOn, report: join(logs, 'lintian.json') });
  await act('install-smoke', { ...checked, ...configured, report: join(logs, 'smoke.json') });
  const notes = await writeNotes(run);
  const key: Readonly<Record<string, string>> = 'key' in run.secrets ? run.secrets : { 'throw-away-key': 'true' };
  const { fingerprint = '' } = await act('sign-artifacts', { ...packages, ...key });
  host.log.info(`release tag ${chosen.tag}: ${chosen.reason}`);
  const result = { tag: chosen.tag, packages: linesOf(built['packages']) };
  if (options.dryRun === true) {
    run.skip('draft-release', 'dry run');
    return result;
  }
  const release = { assets: stage, 'manifest-digest': packages['manifest-digest'], tag: chosen.tag, notes, fingerprint };
  const drafted = await act('draft-release', { ...release, destination: 'folder', output });
  await copyFile(manifest, join(output, 'manifest.json'));
  return { ...result, output, assets: linesOf(drafted['assets']) };
}

/** What this run builds for: the first job that is planned for the package of the source. */
async function plan(run: Pipeline, configured: Readonly<Record<string, string>>): Promise<{ distribution: string; architecture: string }> {
  const { options, source, act, host } = run;
  if (source.kind === 'dsc') return { distribution: options.distribution ?? 'debian:12', architecture: options.arch };
  const distributions: Readonly<Record<string, string>> = options.distribution === undefined ? {} : { distributions: options.distribution };
  const { matrix = '' } = await act('build-matrix', {
    source: source.folder,
    ...configured,
    ...distributions,
    architectures: options.arch,
    'only-changed': 'false',
  });
  const jobs = readMatrix(matrix);
  const [job, ...more] = jobs.filter(({ path }) => resolve(host.files.workspace, path) === source.folder);
  if (job === undefined)
    throw new UserError('E_CONFIG', 'the plan is empty', { cure: 'List a package, a distribution and an architecture.' });
  if (more.length > 0) host.log.info(`this run builds for ${job.distribution} only; --distribution picks another of ${more.length + 1}`);
  return { distribution: job.distribution, architecture: job.architecture };
}

/** Notes from the commits, else from debian/changelog; the path of the file. */
async function writeNotes(run: Pipeline): Promise<string> {
  const { source, stage, act, skip } = run;
  const notes = join(stage, 'notes.md');
  if (source.tags !== undefined) {
    await act('changelog', {
      source: source.folder,
      output: notes,
      ...(run.chosen.origin === 'commit' ? { to: run.chosen.tag } : {}),
    });
  } else if (source.newest !== undefined) {
    await writeFile(notes, notesOfEntry(source.newest));
    skip('changelog', 'no git history of its own; the notes are the newest entry of debian/changelog');
  } else {
    await writeFile(notes, `The changelog of version ${source.version} is inside the packages.\n`);
    skip('changelog', 'a source package has no git history');
  }
  return notes;
}

function linesOf(text: string | undefined): string[] {
  return (text ?? '').split('\n').filter((line) => line !== '');
}
