import { lstat, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '@release-kit/action';

/**
 * The root of the git checkout that holds `folder`, absolute, without symbolic links. We look for it ourselves because
 * git has to be told which folder to trust before it says anything. Throws E_GIT when there is none.
 */
export async function findCheckout(folder: string): Promise<string> {
  for (let at = await realpath(folder); ; at = dirname(at)) {
    if (await exists(join(at, '.git'))) return at;
    if (dirname(at) === at) {
      throw new UserError('E_GIT', `${folder} is not inside a git checkout`, {
        cure: 'Name a folder of a git checkout; on a runner, check the repository out first.',
      });
    }
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}
