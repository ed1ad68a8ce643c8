import { relative, resolve } from 'node:path';
import { type Host, inertLine } from '@release-kit/action';
import { effectiveText, findConfig, loadConfig } from '@release-kit/config';

/**
 * Shows the effective configuration of a folder, with every default filled in, as a release-kit.yml that says the same.
 * Throws E_CONFIG for a mistake, with its place.
 */
export async function showConfiguration(path: string, host: Host): Promise<Readonly<Record<string, unknown>>> {
  const folder = resolve(host.files.workspace, path);
  const file = await findConfig(folder);
  const text = await effectiveText(await loadConfig(file, host.files.workspace));
  const name = file === undefined ? undefined : relative(host.files.workspace, file);
  host.log.info(name === undefined ? '# no release-kit.yml: these are the defaults' : `# ${inertLine(name)}, with every default`);
  for (const line of text.trimEnd().split('\n')) host.log.info(inertLine(line));
  return { file: name, configuration: text };
}
