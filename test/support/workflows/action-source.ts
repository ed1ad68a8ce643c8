import { join } from 'node:path';
import { type ActionDefinition, readAction } from './action-definition.ts';
import type { Repositories } from './repositories.ts';
import { SetUpProblem } from './repositories.ts';

/** Where the action of a step comes from. */
export type ActionSource =
  | { readonly kind: 'checkout' }
  | {
      readonly kind: 'action';
      readonly definition: ActionDefinition;
      /** Only actions of other repositories have a stage before all steps. */
      readonly local: boolean;
      /** Variables that it gets of this runner: what stands in for an action of GitHub's starts faster the second time. */
      readonly env: Readonly<Record<string, string>>;
      /** `owner/name` and reference, as `github.action_repository` and `github.action_ref`. */
      readonly repository: string;
      readonly ref: string;
    };

const shims: Readonly<Record<string, string>> = {
  'actions/upload-artifact': 'upload-artifact',
  'actions/download-artifact': 'download-artifact',
};

const compiled = { NODE_COMPILE_CACHE: join(import.meta.dirname, '../../../.cache/compiled') };

/** Finds what `uses:` names. Throws Error with GitHub's words where there is no such action, SetUpProblem for what this runner lacks. */
export async function findAction(uses: string, workspace: string, repositories: Repositories): Promise<ActionSource> {
  if (uses.startsWith('./')) {
    const folder = join(workspace, uses);
    const definition = await readAction(folder);
    if (definition === undefined)
      throw new Error(
        `Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '${folder}'. Did you forget to run actions/checkout before running your local action?`,
      );
    return { kind: 'action', definition, local: true, env: {}, repository: '', ref: '' };
  }
  const [, repository = '', path = '', ref = ''] = /^([\w.-]+\/[\w.-]+)((?:\/[^@]+)?)@(.+)$/.exec(uses) ?? [];
  if (repository === '') throw new SetUpProblem(`the runner of workflows cannot use ${uses}`);
  if (repository === 'actions/checkout' && path === '') return { kind: 'checkout' };
  const shim = path === '' ? shims[repository] : undefined;
  const folder = shim === undefined ? await remoteFolder(repositories, repository, path, ref) : join(import.meta.dirname, 'shims', shim);
  const definition = await readAction(folder);
  if (definition === undefined) throw new Error(`Can't find 'action.yml', 'action.yaml' or 'Dockerfile' for action '${uses}'.`);
  return { kind: 'action', definition, local: false, env: shim === undefined ? {} : compiled, repository, ref };
}

async function remoteFolder(repositories: Repositories, repository: string, path: string, ref: string): Promise<string> {
  const found = await repositories.find(repository, ref);
  if (found === undefined) throw new Error(`Unable to resolve action '${repository}@${ref}', unable to find version '${ref}'`);
  return join(await repositories.tree(found), path);
}
