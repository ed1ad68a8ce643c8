import type { ArtifactClient } from '@actions/artifact';
import { UserError } from './errors.ts';
import type { Artifacts, Host } from './host.ts';

/** GitHub's artifacts by their official client, which loads only when it is used. Throws UserError E_GITHUB. */
export function runnerArtifacts({ env }: Pick<Host, 'env'>): Artifacts {
  return {
    async upload(name, files, root, { retentionDays, compressed = true } = {}) {
      const client = await artifactClient();
      // A job that runs once more may have uploaded before it failed; GitHub takes no second artifact of a name.
      if (Number(env('GITHUB_RUN_ATTEMPT') ?? '1') > 1) await remove(client, name);
      const options = { ...(retentionDays === undefined ? {} : { retentionDays }), ...(compressed ? {} : { compressionLevel: 0 }) };
      const { id, digest = '' } = await client.uploadArtifact(name, [...files], root, options).catch((cause: unknown) => {
        throw new UserError('E_GITHUB', `the artifact ${name} was not uploaded`, { cause });
      });
      if (id === undefined) throw new UserError('E_GITHUB', `the artifact ${name} was uploaded but got no id`);
      return { id: String(id), digest };
    },
    async download(name, folder) {
      const client = await artifactClient();
      const { artifact } = await client.getArtifact(name).catch((cause: unknown) => {
        throw new UserError('E_GITHUB', `the artifact ${name} was not found in this run`, {
          cause,
          cure: 'Run all jobs again: an artifact of an earlier attempt may have expired or been removed.',
        });
      });
      const { digest } = artifact;
      const { digestMismatch } = await client
        .downloadArtifact(artifact.id, { path: folder, ...(digest === undefined ? {} : { expectedHash: digest }) })
        .catch((cause: unknown) => {
          throw new UserError('E_GITHUB', `the artifact ${name} was not downloaded`, { cause });
        });
      if (digestMismatch === true) throw new UserError('E_DIGEST', `the artifact ${name} is not what was uploaded: its SHA-256 differs`);
    },
  };
}

async function artifactClient(): Promise<ArtifactClient> {
  const { DefaultArtifactClient } = await import('@actions/artifact');
  return new DefaultArtifactClient();
}

async function remove(client: ArtifactClient, name: string): Promise<void> {
  const { artifacts } = await client.listArtifacts().catch((cause: unknown) => {
    throw new UserError('E_GITHUB', 'the artifacts of this run cannot be listed', { cause });
  });
  if (!artifacts.some((artifact) => artifact.name === name)) return;
  await client.deleteArtifact(name).catch((cause: unknown) => {
    throw new UserError('E_GITHUB', `the artifact ${name} of an earlier attempt was not removed`, { cause });
  });
}
