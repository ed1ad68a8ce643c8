import { type Host, innerPath, leadsOut, UserError } from '@release-kit/action';
import { folderStore } from '@release-kit/github';
import { actions } from './actions.ts';
import type { Repository } from './repository.ts';

/**
 * Everything that can be refused before the first expensive step: an output folder that is or holds the source, that a link leads out of the workspace,
 * or that already holds something else; a signing key that cannot sign (mode check of sign-artifacts). `signing`: inputs that say which key
 * signs.
 */
export async function preflight(
  source: Pick<Repository, 'folder'>,
  output: string,
  tag: string,
  signing: Readonly<Record<string, string>>,
  host: Host,
): Promise<void> {
  if (innerPath(output, source.folder) !== undefined) {
    throw new UserError('E_PATH', `the output folder ${output} is or holds the source`, { cure: 'Name another folder with --output.' });
  }
  if (leadsOut(host.files.workspace, output))
    throw new UserError('E_PATH', `the output folder ${output} leads out of ${host.files.workspace} by a link`, {
      cure: 'Remove the link, or name the folder that it leads to with --output.',
    });
  await using store = folderStore(output, host);
  await store.preflight({ tag, title: tag, notes: '', commit: undefined, prerelease: false, assets: [] });
  if (Object.keys(signing).length > 0) await actions['sign-artifacts'].run({ mode: 'check', ...signing }, host);
}
