import { copyFile, lstat, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '@release-kit/action';
import { parseDsc } from '@release-kit/debian';
import { digestFile } from '@release-kit/manifest';

/**
 * Copies a .dsc and the files it lists, each checked against the size and digest there.
 * A signature is not verified: the caller trusts the file by naming it. Throws E_SOURCE, E_DIGEST, E_CONTROL.
 */
export async function copySourcePackage(
  dsc: string,
  to: string,
): Promise<{ readonly package: string; readonly version: string; readonly files: readonly string[] }> {
  const name = basename(dsc);
  const { source, version, files } = parseDsc(await readFile(dsc, 'utf8'), name);
  for (const file of files) {
    const from = join(dirname(dsc), file.name);
    const info = await lstat(from).catch(() => undefined);
    if (info?.isFile() !== true)
      throw new UserError('E_SOURCE', `${name} lists ${file.name}, which is not beside it`, {
        cure: 'Put all files of the source package into one folder.',
      });
    await copyFile(from, join(to, file.name));
    const found = await digestFile(join(to, file.name));
    if (found.size !== file.size || found.sha256 !== file.sha256) {
      throw new UserError('E_DIGEST', `${file.name} is not the file that ${name} lists`, { cure: 'Fetch the source package again.' });
    }
  }
  await copyFile(dsc, join(to, name));
  return { package: source, version, files: [name, ...files.map((file) => file.name)] };
}
