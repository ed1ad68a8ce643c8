import { chmod, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, inertLine, UserError } from '@release-kit/action';
import { parseVersion } from '@release-kit/debian';
import type { Machine } from '@release-kit/machine';
import type { PackageFile } from '../package-manager.ts';
import { ProblemError } from '../problem.ts';

const folder = '/srv/unknown';
const format = `\${Package}\\t\${Version}\\t\${Architecture}\\n`;
const script = 'for file; do dpkg-deb --show --showformat="$0" "$file" || exit; done';

/**
 * What package files of this host are (absolute paths), in the order given: dpkg-deb of a machine reads them, as they may come from
 * anywhere. ProblemError when one is damaged.
 */
export async function readPackageFiles(host: Host, machine: Machine, files: readonly string[]): Promise<readonly PackageFile[]> {
  if (files.length === 0) return [];
  await using staging = await host.files.temporary('packages');
  for (const [index, file] of files.entries()) await copyFile(file, join(staging.path, `${index}.deb`));
  await chmod(staging.path, 0o755);
  await machine.copyIn(staging.path, folder);
  const inside = files.map((_, index) => `${folder}/${index}.deb`);
  const { exitCode, stdout, stderr } = await machine.run(['/bin/sh', '-c', script, format, ...inside], {
    ...{ allow: 'any', timeout: 300_000, env: { LC_ALL: 'C.UTF-8' } },
  });
  const found = parsePackageFields(stdout);
  if (exitCode === 0 && found.length === files.length) return found.map((fields, index) => ({ ...fields, file: files[index] ?? '' }));
  const message = `${inertLine(files[found.length]?.replace(/^.*\//, '') ?? 'a file')} is not a package that dpkg can read`;
  throw new ProblemError({ category: 'bad-package', message, evidence: stderr.trimEnd() });
}

/** Lines of name, version and architecture, parted by tabs, up to the first that is none. */
export function parsePackageFields(text: string): readonly Omit<PackageFile, 'file'>[] {
  const found = [];
  for (const line of text.split('\n')) {
    const [name = '', version = '', architecture = ''] = line.split('\t');
    if (!/^[a-z0-9][a-z0-9+.-]+$/.test(name) || !/^[a-z0-9-]+$/.test(architecture) || !isVersion(version)) break;
    found.push({ name, version, architecture });
  }
  return found;
}

function isVersion(text: string): boolean {
  try {
    parseVersion(text);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
