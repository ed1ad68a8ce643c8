import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inertLine, UserError } from '@release-kit/action';

const name = 'build.log';

/**
 * Absolute paths of the build logs: the file that was named, every build.log in the folder that was named, or the one that build-deb
 * leaves beside its manifest. Links are no logs. E_PATH for a folder without any.
 *
 * @param place absolute folder of the manifest
 */
export async function findBuildLogs(named: string | undefined, place: string): Promise<readonly string[]> {
  if (named === undefined) {
    const usual = join(place, 'logs', name);
    return (await isFile(usual)) ? [usual] : [];
  }
  if (await isFile(named)) return [named];
  const entries = await readdir(named, { recursive: true, withFileTypes: true });
  const logs = entries.filter((entry) => entry.isFile() && entry.name === name).map((entry) => join(entry.parentPath, entry.name));
  if (logs.length === 0) throw new UserError('E_PATH', inertLine(`${named} holds no ${name}`));
  return logs.sort();
}

async function isFile(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
