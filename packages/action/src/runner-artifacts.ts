import { UserError } from './errors.ts';
import type { Artifacts } from './host.ts';

/** GitHub's artifacts by their official client, which loads only when it is used. Throws UserError E_GITHUB. */
export function runnerArtifacts(): Artifacts {
  return {
    async upload(name, files, root, { retentionDays, compressed = true } = {}) {
      const { DefaultArtifactClient } = await import('@actions/artifact');
      const options = { ...(retentionDays === undefined ? {} : { retentionDays }), ...(compressed ? {} : { compressionLevel: 0 }) };
      const { id, digest = '' } = await new DefaultArtifactClient()
        .uploadArtifact(name, [...files], root, options)
        .catch((cause: unknown) => {
          throw new UserError('E_GITHUB', `the artifact ${name} was not uploaded`, { cause });
        });
      if (id === undefined) throw new UserError('E_GITHUB', `the artifact ${name} was uploaded but got no id`);
      return { id: String(id), digest };
    },
  };
}
