import { join } from 'node:path';
import { artifactName, cell, defaultRetention, type Host, type InputsOf, type OutputsOf, UserError } from '@release-kit/action';
import { type Manifest, manifestName, type OpenedPackages, openPackages, packFiles } from '@release-kit/manifest';
import { joinInto } from './joined-folder.ts';
import { type Leg, readLegs } from './leg.ts';
import { isComplete, sentenceOf } from './outcome.ts';
import type { spec } from './spec.ts';

type Inputs = InputsOf<typeof spec>;
type Outputs = OutputsOf<typeof spec>;

/** Reads what the jobs say of themselves; when all passed, joins what they built, and in any case says in a sentence what came of them. */
export async function run(inputs: Inputs, host: Host): Promise<Outputs> {
  const legs = readLegs(inputs.stages, inputs.needs);
  if (!isComplete(legs)) return told(host, { ...nothing, result: sentenceOf(legs) }, '❌');

  await using stack = new AsyncDisposableStack();
  const builds: OpenedPackages[] = [];
  for (const leg of legs) builds.push(stack.use(await openLeg(leg, inputs, host, stack)));
  const { manifest, digest } = await joinInto(inputs.output, builds);
  const versions = manifest.sources.map((source) => `${source.package} ${source.version}`);
  const id = inputs.artifact === undefined ? undefined : await upload(artifactName(inputs.artifact), manifest, inputs, host);
  const outputs = {
    manifest: join(inputs.output, manifestName),
    manifestDigest: digest,
    artifact: inputs.artifact ?? '',
    artifactId: id ?? '',
    versions: versions.join('\n'),
    packages: manifest.files
      .filter(({ kind }) => kind === 'deb' || kind === 'ddeb' || kind === 'udeb')
      .map(({ path }) => path)
      .join('\n'),
    result: sentenceOf(legs, versions),
  };
  return told(host, outputs, '✅');
}

const nothing = { manifest: '', manifestDigest: '', artifact: '', artifactId: '', versions: '', packages: '' };

function told(host: Host, outputs: Outputs, mark: string): Outputs {
  host.log.info(outputs.result);
  host.summary.add(`## ${mark} ${cell(outputs.result)}\n`);
  return outputs;
}

/** The artifact by its exact name, and in it the manifest by its exact digest: whatever else lies around is not looked at. */
async function openLeg(
  { name, artifact, digest }: Leg,
  { downloads }: Inputs,
  host: Host,
  stack: AsyncDisposableStack,
): Promise<OpenedPackages> {
  if (digest === undefined) throw new Error(`${name} built nothing, and was taken for complete`);
  if (downloads !== undefined) return openPackages(join(downloads, artifactName(artifact)), digest, host);
  if (host.artifacts === undefined)
    throw new UserError('E_INPUT', 'input downloads: artifacts can be downloaded on GitHub only', {
      cure: 'Name the folder that holds them.',
    });
  const folder = stack.use(await host.files.temporary('artifact'));
  await host.artifacts.download(artifactName(artifact), folder.path);
  return openPackages(folder.path, digest, host);
}

/** As build-deb hands packages over: one archive, so that modes and bytes stay as they are. */
async function upload(name: string, manifest: Manifest, { output, retentionDays }: Inputs, host: Host): Promise<string> {
  if (host.artifacts === undefined)
    throw new UserError('E_INPUT', 'input artifact: artifacts can be uploaded on GitHub only', {
      cure: 'Leave the input artifact out; the files are in the output folder.',
    });
  await using folder = await host.files.temporary('joined');
  const archive = join(folder.path, `${name}.tar`);
  await packFiles(archive, output, [...manifest.files.map(({ path }) => path), manifestName], manifest.sourceDateEpoch);
  const uploaded = await host.artifacts.upload(name, [archive], folder.path, {
    retentionDays: retentionDays ?? defaultRetention(host),
    compressed: false,
  });
  host.log.info(`artifact ${name}: ${manifest.files.length + 1} files, SHA-256 ${uploaded.digest}`);
  return uploaded.id;
}
