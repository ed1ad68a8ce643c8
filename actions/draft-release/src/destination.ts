import { type Host, innerPath, UserError } from '@release-kit/action';
import {
  folderCatalog,
  folderStore,
  type GitHubTarget,
  githubCatalog,
  githubStore,
  type ReleaseCatalog,
  type ReleaseStore,
} from '@release-kit/github';
import type { Inputs } from './settings.ts';

/** Where drafts are made: a folder, or a repository on GitHub. E_INPUT, E_PATH, E_TOKEN. */
export async function openStore(inputs: Inputs, host: Host): Promise<ReleaseStore & AsyncDisposable> {
  if (inputs.destination === 'folder') {
    refuseSameFolder(inputs.output, inputs.assets);
    return folderStore(inputs.output, host);
  }
  return await githubStore(host, targetOf(inputs, host));
}

/** All releases of the same place. */
export async function openCatalog(inputs: Inputs, host: Host): Promise<ReleaseCatalog> {
  if (inputs.destination === 'folder') return folderCatalog(inputs.output);
  return await githubCatalog(host, targetOf(inputs, host), 'write');
}

/** The releases on GitHub for one who only looks. A personal token that could not write them later is refused: E_TOKEN. */
export async function openForReading(inputs: Inputs, host: Host): Promise<ReleaseCatalog> {
  return await githubCatalog(host, { ...targetOf(inputs, host), later: 'contents: write' }, 'read');
}

function targetOf({ repository: given, githubToken: token }: Inputs, host: Host): GitHubTarget {
  const repository = given ?? host.github.repository;
  if (repository === undefined)
    throw new UserError('E_INPUT', 'the repository of the draft is not known', { cure: 'Set repository to owner/name.' });
  return { repository, token };
}

/** The draft replaces its folder as a whole, so the folder it is made from must lie elsewhere. */
function refuseSameFolder(output: string, assets: string): void {
  if (innerPath(output, assets) !== undefined) {
    throw new UserError('E_PATH', 'the draft would replace the folder its assets come from', { cure: 'Name another folder as output.' });
  }
}
