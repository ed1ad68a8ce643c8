import { UserError } from './errors.ts';
import type { Artifacts } from './host.ts';

/** GitHub's artifacts by their official client, which loads only when it is used. */
export function runnerArtifacts(): Artifacts {
  return {
    async upload(name, files, root, retentionDays) {
      const { DefaultArtifactClient } = await import('@actions/artifact');
      const { id } = await new DefaultArtifactClient().uploadArtifact(
        name,
        [...files],
        root,
        retentionDays === undefined ? {} : { retentionDays },
      );
      if (id === undefined) throw new UserError('E_GITHUB', `artifact ${name} was uploaded but got no id`);
      return String(id);
    },
  };
}
