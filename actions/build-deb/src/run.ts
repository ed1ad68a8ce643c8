import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import {
  type Host,
  type InputsOf,
  inertLine,
  inertMarkdown,
  innerFolder,
  type OutputsOf,
  UserError,
  writeWhole,
} from '@release-kit/action';
import { parseArchitecture } from '@release-kit/config';
import { type Distribution, parseDistribution } from '@release-kit/debian';
import { chooseEngine, missingTools, ownArchitecture } from '@release-kit/machine';
import { manifestName, sizeText } from '@release-kit/manifest';
import { keptLogs, planArtifact, uploadPackages } from './artifact.ts';
import { buildByStrategy, type WantedBuild } from './build-by-strategy.ts';
import { buildSummary } from './build-summary.ts';
import type { WantedVersion } from './build-version.ts';
import { compareBuilds } from './comparison.ts';
import { cacheSentence } from './compiler-cache.ts';
import { deadlineAfter } from './deadline.ts';
import { deliver, stageIn } from './delivery.ts';
import { requireTools } from './host-tools.ts';
import { readLocalPackages } from './local-packages.ts';
import { checkWords } from './profile-words.ts';
import { lookAtSource, type Source } from './source.ts';
import { needsOf } from './source-needs.ts';
import type { spec } from './spec.ts';
import { targetSystem } from './target-system.ts';
import { versionOf } from './unpacked.ts';
import { upstreamArchives } from './upstream-archive.ts';
import { wantedVersion } from './wanted-version.ts';

type Inputs = InputsOf<typeof spec>;

/** Builds the packages of one source for one distribution and architecture, in a machine made for it. */
export async function run(inputs: Inputs, host: Host): Promise<OutputsOf<typeof spec>> {
  const distribution = parseDistribution(inputs.distribution);
  const architecture = parseArchitecture(inputs.architecture);
  checkWords(inputs.profiles, inputs.options);
  if (inputs.output === inputs.source)
    throw new UserError('E_PATH', 'input output: it is the source folder', {
      cure: 'Name another folder: packages do not belong into the source.',
    });
  const source = await lookAtSource(inputs.source, host.files.workspace);
  const { artifact: name, retentionDays } = inputs;
  const artifact = planArtifact(host, { name, retentionDays, source, distribution: distribution.name, architecture });
  const wanted = await wantedVersion(source, inputs, host);
  if (source.kind === 'tree') await announceVersion(source, wanted, inputs, distribution, host);
  await using localPackages = await readLocalPackages(inputs.localPackages, host);
  const logFile = await newLog(inputs.output);
  await using _ = keptLogs(host, artifact, inputs.output);
  const deadline = deadlineAfter(inputs.timeout, host.clock);

  const { engine, reason } = await chooseEngine(host, inputs.engine);
  host.log.debug(`engine ${engine}: ${reason}`);
  requireTools(await missingTools(host, engine));
  await using stage = stageIn(inputs.output);
  const needs = await needsOf(source);
  if (needs.onlyAll && inputs.rebuild !== undefined)
    throw new UserError('E_INPUT', 'input rebuild: all packages of this source are for every architecture, and those are not rebuilt', {
      cure: 'Leave out the input rebuild; a new entry in debian/changelog gives them a new version.',
    });
  const request: WantedBuild = {
    source,
    needs,
    distribution,
    // What is for every architecture is built for our own.
    architecture: needs.onlyAll ? ownArchitecture() : architecture,
    wanted: inputs.strategy,
    // Packages for every architecture are not rebuilt: their dependencies on the others name the version of the source.
    buildAll: inputs.buildAll && inputs.rebuild === undefined,
    tests: inputs.tests,
    localPackages: localPackages.list,
    engine,
    mirror: inputs.mirror,
    image: inputs.image,
    version: wanted,
    output: inputs.output,
    includeSource: inputs.includeSource,
    profiles: inputs.profiles,
    options: inputs.options,
    parallel: inputs.parallel ?? availableParallelism(),
    target: targetSystem(parseDistribution(inputs.oldestTarget ?? inputs.distribution)),
    guards: inputs.guards,
    compilerCache: inputs.compilerCache,
    place: 'usual',
    inspection: inputs.equivalence === 'false' && inputs.compareWith === undefined ? 'plain' : 'deep',
    network: inputs.network,
    logFile,
    deadline,
    stage: stage.path,
  };
  const built = await buildByStrategy(host, request);
  const { manifest, version, decision } = built;
  const digest = await deliver(stage.path, inputs.output, manifest);

  for (const file of manifest.files) host.log.detail(`${file.path}: ${sizeText(file.size)}`);
  host.summary.add(buildSummary(manifest, { ...built, distribution: distribution.name, reason: version.reason, strategy: decision }));
  if (built.compilerCache !== undefined) host.summary.add(`${inertMarkdown(cacheSentence(built.compilerCache))}.\n`);
  const compared = await compareBuilds(host, { ...request, strategy: decision.strategy }, built, inputs);
  const uploaded = artifact === undefined ? undefined : await uploadPackages(host, artifact, inputs.output, manifest);
  return {
    manifest: join(inputs.output, manifestName),
    manifestDigest: digest,
    version: version.version,
    strategy: decision.strategy,
    strategyReason: decision.reason,
    ...compared,
    packages: manifest.files
      .filter((file) => /^(?:deb|ddeb|udeb)$/.test(file.kind))
      .map((file) => file.path)
      .join('\n'),
    artifactId: uploaded?.id ?? '',
    artifactName: artifact?.name ?? '',
    artifactDigest: uploaded?.digest ?? '',
  };
}

/** Says what will be built; what can be refused now is not refused after minutes. */
async function announceVersion(
  source: Extract<Source, { kind: 'tree' }>,
  wanted: WantedVersion,
  inputs: Inputs,
  distribution: Distribution,
  host: Host,
): Promise<void> {
  const { version, reason } = versionOf(source.facts, wanted);
  host.log.info(`${source.facts.package} ${version} (${reason}) for ${distribution.name} ${inputs.architecture}`);
  if (inputs.includeSource && !source.facts.native) await upstreamArchives(source.folder, source.facts.package, version);
}

async function newLog(output: string): Promise<string> {
  try {
    const file = join(await innerFolder(output, 'logs'), 'build.log');
    await writeWhole(file, '');
    return file;
  } catch (cause) {
    throw new UserError('E_PATH', `input output: ${inertLine(basename(output))} cannot be written to`, {
      cause,
      cure: 'Name a folder that can be written to, or that does not exist yet.',
    });
  }
}
