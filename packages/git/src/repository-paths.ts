import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { innerPath, type PathOf, UserError } from '@release-kit/action';
import { findCheckout } from './checkout.ts';

/**
 * How GitHub calls a place: relative to the root of the repository, which need not be the workspace. undefined for a place
 * outside of it. Without a checkout the workspace is taken for it.
 */
export async function repositoryPaths(source: string, workspace: string): Promise<PathOf> {
  const real = await realpath(workspace);
  const root = await rootOf(source, real);
  return (place) => {
    if (place === undefined) return undefined;
    return innerPath(root, join(real, place.file)) || undefined;
  };
}

async function rootOf(source: string, workspace: string): Promise<string> {
  try {
    return await findCheckout(source);
  } catch (error) {
    if (error instanceof UserError && error.code === 'E_GIT') return workspace;
    throw error;
  }
}
