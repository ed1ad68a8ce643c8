import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { type Host, type InputsOf, type OutputsOf, UserError } from '@release-kit/action';
import { type Distribution, parseDistribution } from '@release-kit/debian';
import { basePackages, chooseEngine, createMachine, type Machine, prepareBase } from '@release-kit/machine';
import type { Manifest } from '@release-kit/manifest';
import { announcedPackages } from './announced.ts';
import { type BuildChoices, buildArgv, buildEnvironment } from './build-command.ts';
import { annotateCompilerMessages, buildFailure } from './build-failure.ts';
import { buildProgress } from './build-progress.ts';
import { buildSummary, durationText, sizeText } from './build-summary.ts';
import { addBuildUser, buildUser } from './build-user.ts';
import { collect, readFields } from './collect.ts';
import { type Deadline, deadlineAfter } from './deadline.ts';
import { deliver, describeProducts, manifestName, stageIn } from './delivery.ts';
import { installDependencies } from './dependencies.ts';
import { changesName, checkProducts, requireAnnounced } from './products.ts';
import { checkWords } from './profile-words.ts';
import { lookAtSource, type Source } from './source.ts';
import type { spec } from './spec.ts';
import { type Unpacked, unpack, versionOf } from './unpacked.ts';

type Inputs = InputsOf<typeof spec>;

/** Builds the packages of one source for one distribution and architecture, in a machine made for it. */
export async function run(inputs: Inputs, host: Host): Promise<OutputsOf<typeof spec>> {
  const distribution = parseDistribution(inputs.distribution);
  checkWords(inputs.profiles, inputs.options);
  if (inputs.artifact !== undefined && host.artifacts === undefined)
    throw new UserError('E_INPUT', 'input artifact: artifacts can be uploaded on GitHub only', {
      cure: 'Leave the input artifact out; the files are in the output folder.',
    });
  const source = await lookAtSource(inputs.source, host.files.workspace);
  if (source.kind === 'tree') announceVersion(source, inputs, distribution, host);
  const logFile = await newLog(inputs.output);
  const deadline = deadlineAfter(inputs.timeout, host.clock);

  const { engine, reason } = await chooseEngine(host, inputs.engine);
  host.log.info(`engine ${engine}: ${reason}`);
  host.progress.update(`preparing ${distribution.name} ${inputs.architecture}`);
  const mirror = inputs.mirror === undefined ? {} : { mirror: inputs.mirror };
  const base = await prepareBase(host, { distribution, architecture: inputs.architecture, packages: basePackages.build, ...mirror });
  host.log.info(`base system ${distribution.name} ${inputs.architecture} from the ${base.origin.replace('-', ' ')}`);
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
  const built = await build(machine, host, unpacked, inputs, logFile, deadline);
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

function announceVersion(source: Extract<Source, { kind: 'tree' }>, inputs: Inputs, distribution: Distribution, host: Host): void {
  const { version, reason } = versionOf(source.facts, inputs.version);
  host.log.info(`${source.facts.package} ${version} (${reason}) for ${distribution.name} ${inputs.architecture}`);
}

async function newLog(output: string): Promise<string> {
  const folder = join(output, 'logs');
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'build.log');
  await writeFile(file, '');
  return file;
}

/** Runs dpkg-buildpackage; returns how long it took and how many warnings the compiler gave. Throws E_BUILD and its kin. */
async function build(
  machine: Machine,
  host: Host,
  unpacked: Unpacked,
  inputs: Inputs,
  logFile: string,
  deadline: Deadline,
): Promise<{ milliseconds: number; warnings: number }> {
  const choices: BuildChoices = {
    ...inputs,
    parallel: inputs.parallel ?? availableParallelism(),
    sourceDateEpoch: unpacked.sourceDateEpoch,
  };
  const argv = buildArgv(choices);
  const said = argv.slice(argv.indexOf('dpkg-buildpackage')).join(' ');
  const { tree, source } = unpacked;
  const where = { tree, source, workspace: host.files.workspace };
  const started = host.clock.now();
  const progress = buildProgress(host.progress);
  host.progress.update('building');
  const { exitCode } = await machine.run(argv, {
    cwd: tree,
    user: buildUser,
    env: buildEnvironment(choices),
    network: inputs.network,
    logFile,
    onLine: progress.take,
    allow: 'any',
    timeout: deadline(),
  });
  const milliseconds = host.clock.now() - started;
  if (exitCode !== 0) {
    host.log.info(`the build failed after ${durationText(milliseconds)}; the whole log is ${relative(host.files.workspace, logFile)}`);
    const failure = await buildFailure(progress.lines, exitCode, [said], where);
    await annotateCompilerMessages(progress.lines, where, host, failure);
    throw failure;
  }
  const { warning } = await annotateCompilerMessages(progress.lines, where, host);
  host.log.info(
    `${said}: ${durationText(milliseconds)}, network ${inputs.network ? 'on' : 'off'}, user ${buildUser}, ${warning} compiler warnings`,
  );
  return { milliseconds, warnings: warning };
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
