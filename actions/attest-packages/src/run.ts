import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Host, type InputsOf, inertLine, type OutputsOf, storing, UserError, writeWhole } from '@release-kit/action';
import { attestationsOf, type GitHubTarget } from '@release-kit/github';
import { openPackages } from '@release-kit/manifest';
import { attestationSummary, skipSummary } from './attestation-summary.ts';
import { openIdentity } from './identity.ts';
import { bundleOf } from './kept-bundle.ts';
import { provenanceOf } from './provenance.ts';
import { type SigningLimits, signStatement } from './signing.ts';
import { signingServices } from './signing-services.ts';
import type { spec } from './spec.ts';
import { type Statement, type Subject, statementOf, subjectsOf } from './statement.ts';
import { type Stored, storeBundle } from './storing-bundle.ts';
import { Unattainable } from './unattainable.ts';

type Inputs = InputsOf<typeof spec>;
type Outputs = OutputsOf<typeof spec>;

/** One signed statement about all packages: where they come from. What GitHub keeps already is not signed again. */
export async function run(inputs: Inputs, host: Host, limits?: SigningLimits): Promise<Outputs> {
  await using packages = await openPackages(inputs.assets, inputs.manifestDigest, host);
  const subjects = subjectsOf(packages.manifest.files);
  try {
    return await attest(subjects, inputs, host, limits);
  } catch (error) {
    if (inputs.policy === 'required' || !(error instanceof Unattainable)) throw error;
    return skip(error, host);
  }
}

async function attest(subjects: readonly Subject[], inputs: Inputs, host: Host, limits: SigningLimits | undefined): Promise<Outputs> {
  const { token, claims } = await openIdentity(host);
  const services = signingServices(host.env, host.github.serverUrl, claims.repository_visibility);
  const statement = statementOf(subjects, provenanceOf(claims, host.github.serverUrl));
  const target = { repository: claims.repository, token: inputs.githubToken };
  const kept = await keptBundle(statement, target, inputs, host);
  if (kept !== undefined) {
    await writeBundle(inputs.output, kept);
    host.log.info('GitHub keeps this very statement already: it is used again');
    host.summary.add(attestationSummary(subjects, claims, undefined));
    return { bundle: inputs.output, attestationId: '', attestationUrl: '', attested: 'true' };
  }
  const files = subjects.length === 1 ? 'one file' : `${subjects.length} files`;
  host.log.info(`signing a statement about ${files} as ${inertLine(claims.job_workflow_ref)}, by ${services.name}`);
  const bundle = await signStatement(statement, token, services, host, limits);
  await writeBundle(inputs.output, bundle);
  const stored = await storeBundle(bundle, target, inputs, host);
  host.summary.add(attestationSummary(subjects, claims, stored));
  return { bundle: inputs.output, ...outputsOf(stored), attested: 'true' };
}

/** Of an earlier attempt. Whether there is one is worth a look, but no failure: storing tells what is wrong with the token. */
async function keptBundle(statement: Statement, target: GitHubTarget, inputs: Inputs, host: Host): Promise<object | undefined> {
  const [first] = statement.subject;
  if (first === undefined || inputs.githubToken === undefined) return undefined;
  try {
    return bundleOf(statement, await attestationsOf(host, target, first.digest.sha256));
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
    host.log.info(`what GitHub keeps already is not known (${error.message}): signing anew`);
    return undefined;
  }
}

async function writeBundle(path: string, bundle: object): Promise<void> {
  await storing(path, () => mkdir(dirname(path), { recursive: true }));
  await writeWhole(path, `${JSON.stringify(bundle)}\n`);
}

const outputsOf = (stored: Stored | undefined): Pick<Outputs, 'attestationId' | 'attestationUrl'> => ({
  attestationId: stored?.id ?? '',
  attestationUrl: stored?.url ?? '',
});

function skip(error: Unattainable, host: Host): Outputs {
  host.annotate({ level: 'warning', title: 'attest-packages: nothing is attested', message: `${error.message}\n${error.cure}` });
  host.summary.add(skipSummary(error));
  return { bundle: '', attestationId: '', attestationUrl: '', attested: 'false' };
}
