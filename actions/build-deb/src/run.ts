import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Host, type InputsOf, inertLine, type OutputsOf, UserError } from '@release-kit/action';
import { type Distribution, parseDistribution } from '@release-kit/debian';
import { basePackages, chooseEngine, createMachine, type Machine, missingTools, prepareBase } from '@release-kit/machine';
import { type Manifest, sizeText } from '@release-kit/manifest';
import { announcedPackages } from './announced.ts';
import { requireNative } from './architecture.ts';
import { build } from './build.ts';
import { buildSummary } from './build-summary.ts';
import { addBuildUser } from './build-user.ts';
import { collect, readFields } from './collect.ts';
import { deadlineAfter } from './deadline.ts';
import { deliver, describeProducts, manifestName, stageIn } from './delivery.ts';
import { installDependencies } from './dependencies.ts';
import { requireTools } from './host-tools.ts';
import { changesName, checkProducts, requireAnnounced } from './products.ts';
import { checkWords } from './profile-words.ts';
import { lookAtSource, type Source } from './source.ts';
import type { spec } from './spec.ts';
import { type Unpacked, unpack, versionOf } from './unpacked.ts';
import { upstreamArchives } from './upstream-archive.ts';

type Inputs = InputsOf<typeof spec>;

/** Builds the packages of one source for one distribution and architecture, in a machine made for it. */
export async function run(inputs: Inputs, host: Host): Promise<OutputsOf<typeof spec>> {
  const distribution = parseDistribution(inputs.distribution);
  const architecture = requireNative(inputs.architecture);
  checkWords(inputs.profiles, inputs.options);
  if (inputs.artifact !== undefined && host.artifacts === undefined)
    throw new UserError('E_INPUT', 'input artifact: artifacts can be uploaded on GitHub only', {
      cure: 'Leave the input artifact out; the files are in the output folder.',
    });
  if (inputs.output === inputs.source)
    throw new UserError('E_PATH', 'input output: it is the source folder', {
      cure: 'Name another folder: packages do not belong into the source.',
    });
  const source = await lookAtSource(inputs.source, host.files.workspace);
  if (source.kind === 'tree') await announceVersion(source, inputs, distribution, host);
  const logFile = await newLog(inputs.output);
  const deadline = deadlineAfter(inputs.timeout, host.clock);

  const { engine, reason } = await chooseEngine(host, inputs.engine);
  host.log.debug(`engine ${engine}: ${reason}`);
  requireTools(await missingTools(host, distribution));
  host.progress.update(`preparing ${distribution.name} ${architecture}`);
  const mirror = inputs.mirror === undefined ? {} : { mirror: inputs.mirror };
  const base = await prepareBase(host, { distribution, architecture, packages: basePackages.build, ...mirror });
  host.log.info(`base system ${distribution.name} ${architecture} from the ${base.origin.replace('-', ' ')}`);
  await using machine = await createMachine(host, base, engine);
  await addBuildUser(machine);
  const unpacked = await unpack(machine, host, source, {
    given: inputs.version,
    output: inputs.output,
    includeSource: inputs.includeSource,
  });
  if (source.kind === 'dsc')
    host.log.info(`${unpacked.facts.package} ${unpacked.version.version} (${unpacked.version.reason}) for ${distribution.name}`);
  await installDependencies(machine, host, {
    tree: unpacked.tree,
    profiles: inputs.profiles,
    logFile,
    timeout: deadline,
    control: { text: unpacked.facts.control.text, file: source.kind === 'tree' ? unpacked.facts.files.control : undefined },
  });
  const choices = { ...inputs, parallel: inputs.parallel ?? availableParallelism(), sourceDateEpoch: unpacked.sourceDateEpoch };
  const built = await build(machine, host, unpacked, choices, { network: inputs.network, logFile, deadline });
  const { manifest, digest } = await keep(machine, unpacked, inputs, distribution);

  for (const file of manifest.files) host.log.info(`${file.path}: ${sizeText(file.size)}`);
  host.summary.add(buildSummary(manifest, { distribution: distribution.name, reason: unpacked.version.reason, ...built }));
  return {
    manifest: join(inputs.output, manifestName),
    manifestDigest: digest,
    version: unpacked.version.version,
    packages: manifest.files
      .filter((file) => /^(?:deb|ddeb|udeb)$/.test(file.kind))
      .map((file) => file.path)
      .join('\n'),
    artifactId: await upload(host, inputs, manifest),
  };
}

/** Says what will be built; what can be refused now is not refused after minutes. */
async function announceVersion(
  source: Extract<Source, { kind: 'tree' }>,
  inputs: Inputs,
  distribution: Distribution,
  host: Host,
): Promise<void> {
  const { version, reason } = versionOf(source.facts, inputs.version);
  host.log.info(`${source.facts.package} ${version} (${reason}) for ${distribution.name} ${inputs.architecture}`);
  if (inputs.includeSource && !source.facts.native) await upstreamArchives(source.folder, source.facts.package, version);
}

async function newLog(output: string): Promise<string> {
  const file = join(output, 'logs', 'build.log');
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, '');
  } catch (cause) {
    throw new UserError('E_PATH', `input output: ${inertLine(basename(output))} cannot be written to`, {
      cause,
      cure: 'Name a folder that can be written to, or that does not exist yet.',
    });
  }
  return file;
}

/** Checks what was built and puts it into the output folder, with its manifest. */
async function keep(
  machine: Machine,
  unpacked: Unpacked,
  inputs: Inputs,
  distribution: Distribution,
): Promise<{ manifest: Manifest; digest: string }> {
  const { facts, version, sourceDateEpoch } = unpacked;
  const { architecture, output, profiles } = inputs;
  await using stage = await stageIn(output);
  await collect(machine, stage.path);
  const expected = { source: facts.package, version: version.version };
  const { products } = await checkProducts(stage.path, changesName(facts.package, version.version, architecture), expected, (names) =>
    readFields(machine, names),
  );
  requireAnnounced(announcedPackages(facts.control.binaries, architecture, profiles), products, facts.files.control);
  const manifest = await describeProducts(stage.path, products, {
    ...expected,
    architecture,
    distribution: distribution.name,
    sourceDateEpoch,
  });
  return { manifest, digest: await deliver(stage.path, output, manifest) };
}

async function upload(host: Host, inputs: Inputs, manifest: Manifest): Promise<string> {
  if (inputs.artifact === undefined || host.artifacts === undefined) return '';
  const files = [...manifest.files.map((file) => file.path), manifestName].map((name) => join(inputs.output, name));
  const id = await host.artifacts.upload(inputs.artifact, files, inputs.output, inputs.retentionDays);
  host.log.info(`artifact ${inputs.artifact}: ${files.length} files`);
  return id;
}
