import { copyFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Host, UserError } from '@release-kit/action';
import { findConfig, loadConfig } from '@release-kit/config';
import { type ActionName, actions } from './actions.ts';
import { type BuildFlags, checkInputs } from './build-flags.ts';
import { givenSecrets } from './given.ts';
import { type PlannedJob, readMatrix } from './matrix.ts';
import { notesOfEntry } from './notes.ts';
import { finishOutput } from './output-folder.ts';
import { buildPackages, type Texts } from './package-builds.ts';
import { preflight } from './preflight.ts';
import type { RunRecord } from './record.ts';
import { lookAtRepository, type Repository } from './repository.ts';
import { type SigningFlags, signingInputs } from './signing-flags.ts';
import type { ReadableHost } from './surroundings.ts';
import { type ChosenTag, chooseTag } from './tag.ts';

export interface PipelineOptions extends BuildFlags, SigningFlags {
  readonly path: string;
  readonly output: string;
  readonly arch: string;
  readonly tag?: string;
  readonly failOn?: string;
  readonly failOnNew?: string;
  readonly dryRun?: boolean;
}

/** What the steps share. */
interface Pipeline {
  readonly options: PipelineOptions;
  readonly source: Repository;
  readonly chosen: ChosenTag;
  /** Absolute; undefined when the source has no release-kit.yml. */
  readonly config: string | undefined;
  /** Absolute; where everything is made before it is complete. */
  readonly stage: string;
  /** Absolute. */
  readonly output: string;
  /** Inputs of sign-artifacts that say which key signs. */
  readonly signing: Texts;
  /** `of`: the package, where there are several. */
  readonly act: (name: ActionName, given: Texts, of?: string) => Promise<Texts>;
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
  const source = await lookAtRepository(options.path, options.tag !== undefined, host);
  const chosen = chooseTag(options.tag, source.tags ?? [], source.version);
  const signing = signingInputs(options, givenSecrets(actions['sign-artifacts'].spec, env));
  await preflight(source, output, chosen.tag, signing, host);
  await using stage = await host.files.temporary('stage');
  const config = await findConfig(source.folder);
  try {
    return await steps({
      ...{ options, source, chosen, config, stage: stage.path, output, signing, host },
      act: (name, given, of) => record.step(of === undefined ? name : `${name} ${of}`, () => actions[name].run(given, host), host),
      skip: (name, reason) => record.skip(name, reason, host),
    });
  } finally {
    await finishOutput({ stage: stage.path, output, log, steps: record.steps, text: host.summary.text, env });
  }
}

async function steps(run: Pipeline): Promise<Readonly<Record<string, unknown>>> {
  const { options, source, chosen, config, stage, output, act, host } = run;
  const configured: Texts = config === undefined ? {} : { config };
  const jobs = await plan(run, configured);
  const { distribution, architecture, strategy } = jobs[0];
  await act('setup-cross', { distribution, architecture, strategy });
  const failing: Texts = {
    ...(options.failOn === undefined ? {} : { 'fail-on': options.failOn }),
    ...(options.failOnNew === undefined ? {} : { 'fail-on-new': options.failOnNew }),
  };
  const { manifest, digest, packages } = await buildPackages({
    ...{ jobs, stage, act, workspace: host.files.workspace },
    build: { ...(chosen.origin === 'version' ? {} : { version: chosen.tag }), ...checkInputs(options) },
    lint: { ...configured, ...failing },
  });
  const built = { manifest, 'manifest-digest': digest };
  const smokeLogs = { report: join(stage, 'logs', 'smoke.json'), logs: join(stage, 'logs', 'smoke') };
  await act('install-smoke', { ...built, source: source.path, ...configured, ...smokeLogs });
  const notes = await writeNotes(run);
  const { signing } = run;
  const key: Texts = 'key' in signing || 'signer' in signing ? signing : { ...signing, 'throw-away-key': 'true' };
  const signed = join(stage, 'signed');
  const { fingerprint = '', manifestDigest = '' } = await act('sign-artifacts', { ...built, output: signed, ...key });
  host.log.info(`release tag ${chosen.tag}: ${chosen.reason}`);
  const result = { tag: chosen.tag, packages };
  if (options.dryRun === true) {
    run.skip('draft-release', 'dry run');
    return result;
  }
  const release = { assets: signed, 'manifest-digest': manifestDigest, tag: chosen.tag, notes, fingerprint, source: source.folder };
  const drafted = await act('draft-release', { ...release, ...configured, destination: 'folder', output });
  await copyFile(join(signed, 'manifest.json'), join(output, 'manifest.json'));
  return { ...result, output, assets: linesOf(drafted['assets']) };
}

/** The jobs of one distribution and architecture: what is built here. */
async function plan(run: Pipeline, configured: Texts): Promise<readonly [PlannedJob, ...PlannedJob[]]> {
  const { options, source, act, host } = run;
  const { arch: architecture, distribution, strategy } = options;
  if (source.kind === 'dsc')
    return [
      {
        package: '',
        path: source.path,
        distribution: distribution ?? 'debian:12',
        architecture,
        strategy: strategy ?? 'auto',
        buildAll: true,
      },
    ];
  const distributions: Texts = distribution === undefined ? {} : { distributions: distribution };
  const { matrix = '' } = await act('build-matrix', {
    source: source.folder,
    ...configured,
    ...distributions,
    architectures: architecture,
    // Also where the command line runs in a pull request: a person asked for all of it.
    'only-changed': 'false',
  });
  const planned = readMatrix(matrix);
  const [first] = planned;
  if (first === undefined)
    throw new UserError('E_CONFIG', 'the plan is empty', { cure: 'List a package, a distribution and an architecture.' });
  const jobs = planned
    .filter((job) => job.distribution === first.distribution)
    .map((job) => ({ ...job, strategy: strategy ?? strategyHere(job) }));
  const others = new Set(planned.map((job) => job.distribution)).size;
  if (others > 1) host.log.info(`this run builds for ${first.distribution} only; --distribution picks another of ${others}`);
  const [one = first, ...more] = jobs;
  return [one, ...more];
}

/** Native in a plan is native on the runner that it names; here build-deb finds out. */
function strategyHere({ strategy }: PlannedJob): string {
  return strategy === 'native' ? 'auto' : strategy;
}

/** Notes from the commits, else from debian/changelog; the path of the file. */
async function writeNotes(run: Pipeline): Promise<string> {
  const { source, config, stage, act, skip } = run;
  const notes = join(stage, 'notes.md');
  if (source.tags !== undefined) {
    const { changelog } = await loadConfig(config, run.host.files.workspace);
    await act('changelog', {
      source: source.folder,
      // All packages are released together here, also where they have tags of their own.
      tags: changelog.tags ?? 'v*',
      output: notes,
      ...(run.chosen.origin === 'commit' ? { to: run.chosen.tag } : {}),
    });
  } else if (source.entries.length > 0) {
    await writeFile(notes, source.entries.map(notesOfEntry).join('\n'));
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
