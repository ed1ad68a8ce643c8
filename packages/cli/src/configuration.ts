import { stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { type Host, inertLine, UserError } from '@release-kit/action';
import { effectiveText, findConfig, loadConfig } from '@release-kit/config';

/**
 * Shows the effective configuration of a folder, with every default filled in, as a release-kit.yml that says the same.
 * Throws E_CONFIG for a mistake, with its place, and E_PATH when there is no such folder.
 */
export async function showConfiguration(path: string, host: Host): Promise<Readonly<Record<string, unknown>>> {
  const folder = resolve(host.files.workspace, path);
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true)
    throw new UserError('E_PATH', `${inertLine(path)} ${found === undefined ? 'does not exist' : 'is not a folder'}`, {
      cure: 'Name the folder that holds release-kit.yml; a folder without one has the defaults.',
    });
  const file = await findConfig(folder);
  const text = await effectiveText(await loadConfig(file, host.files.workspace));
  const name = file === undefined ? undefined : relative(host.files.workspace, file);
  host.log.info(name === undefined ? '# no release-kit.yml: these are the defaults' : `# ${inertLine(name)}, with every default`);
  for (const line of text.trimEnd().split('\n')) host.log.info(inertLine(line));
  return { file: name, configuration: text };
}
