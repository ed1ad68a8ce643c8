import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  type Artifacts,
  artifactName,
  defaultRetention,
  type Host,
  inertLine,
  type UploadedArtifact,
  UserError,
} from '@release-kit/action';
import { type Manifest, manifestName, packFiles } from '@release-kit/manifest';
import type { Source } from './source.ts';

/** Where and how what was built is kept on GitHub. */
export interface ArtifactPlan {
  readonly artifacts: Pick<Artifacts, 'upload'>;
  readonly name: string;
  /** undefined: as long as the repository says. */
  readonly retentionDays: number | undefined;
}

export interface ArtifactRequest {
  /** A name, or the word `auto`; undefined: nothing is uploaded. */
  readonly name: string | undefined;
  readonly retentionDays: number | undefined;
  /** What `auto` makes a name of, unique for each leg of a matrix. */
  readonly source: Source;
  readonly distribution: string;
  readonly architecture: string;
}

/** Decides before anything is built; E_INPUT where there is no place for artifacts, or for a name that GitHub does not take. */
export function planArtifact(host: Pick<Host, 'artifacts' | 'env'>, request: ArtifactRequest): ArtifactPlan | undefined {
  const { artifacts } = host;
  if (request.name === undefined) return undefined;
  if (artifacts === undefined)
    throw new UserError('E_INPUT', 'input artifact: artifacts can be uploaded on GitHub only', {
      cure: 'Leave the input artifact out; the files are in the output folder.',
    });
  const name = request.name === 'auto' ? automaticName(request) : artifactName(request.name);
  return { artifacts, name, retentionDays: request.retentionDays ?? defaultRetention(host) };
}

/** As build-matrix names its jobs: `hello-debian-12-amd64`. */
function automaticName({ source, distribution, architecture }: ArtifactRequest): string {
  const name = source.kind === 'tree' ? source.facts.package : (basename(source.file).split('_')[0] ?? '');
  return `${name}-${distribution.replace(':', '-')}-${architecture}`;
}

/** Uploads the packages with their manifest, in one archive, so that modes and bytes stay as they are. Throws E_GITHUB. */
export async function uploadPackages(host: Host, plan: ArtifactPlan, output: string, manifest: Manifest): Promise<UploadedArtifact> {
  await using folder = await host.files.temporary('artifact');
  const archive = join(folder.path, `${plan.name}.tar`);
  const names = [...manifest.files.map((file) => file.path), manifestName];
  await packFiles(archive, output, names, manifest.sourceDateEpoch);
  const { name, retentionDays } = plan;
  const uploaded = await plan.artifacts.upload(name, [archive], folder.path, { retentionDays, compressed: false });
  host.log.info(`artifact ${name}: ${names.length} files, SHA-256 ${uploaded.digest}`);
  return uploaded;
}

/**
 * When disposed of, the logs are uploaded under a name of their own, whatever came of the build. A log that cannot be uploaded is a
 * warning: it must not hide why a build failed, nor fail one that did not.
 */
export function keptLogs(host: Host, plan: ArtifactPlan | undefined, output: string): AsyncDisposable {
  return {
    [Symbol.asyncDispose]: async () => {
      if (plan !== undefined && !host.signal.aborted) await uploadLogs(host, plan, output);
    },
  };
}

async function uploadLogs(host: Host, plan: ArtifactPlan, output: string): Promise<void> {
  const { artifacts, retentionDays } = plan;
  const name = `${plan.name}-log`;
  const folder = join(output, 'logs');
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    await artifacts.upload(name, files.sort(), folder, { retentionDays });
    host.log.info(`artifact ${name}: the logs, ${files.length} files`);
  } catch (error) {
    host.log.warning(`the logs were not uploaded: ${inertLine(error instanceof Error ? error.message : String(error))}`);
  }
}
