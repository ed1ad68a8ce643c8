import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import { describeFile, type FileKind, type Manifest } from '@release-kit/manifest';

/** What a build leaves: a real .deb, a source archive, and what lists them, in the form of dpkg 1.21. */
export interface BuiltFiles {
  /** Absolute. */
  readonly folder: string;
  readonly manifest: Manifest;
}

export const names = {
  deb: 'ab_1_all.deb',
  source: 'ab_1.tar.xz',
  dsc: 'ab_1.dsc',
  buildinfo: 'ab_1_amd64.buildinfo',
  changes: 'ab_1_amd64.changes',
} as const satisfies Partial<Record<FileKind, string>>;

type Change = (text: string) => string;

/** `change`: of the text of a control file, before others list it. */
export async function builtFiles(host: Host, change: Partial<Record<FileKind, Change>> = {}): Promise<BuiltFiles> {
  const folder = join(host.files.workspace, 'out');
  const root = join(host.files.workspace, 'root');
  await mkdir(folder);
  await mkdir(join(root, 'DEBIAN'), { recursive: true });
  const control = 'Package: ab\nVersion: 1\nArchitecture: all\nMaintainer: A <a@b>\nDescription: x\n';
  await writeFile(join(root, 'DEBIAN/control'), control);
  await host.exec(['dpkg-deb', '--root-owner-group', '--build', root, join(folder, names.deb)]);
  await writeFile(join(folder, names.source), 'an archive');
  const put = async (kind: 'dsc' | 'buildinfo' | 'changes', text: string): Promise<void> =>
    writeFile(join(folder, names[kind]), (change[kind] ?? ((same) => same))(text));
  const head = (format: string, architecture: string): string =>
    `Format: ${format}\nSource: ab\nBinary: ab\nArchitecture: ${architecture}\nVersion: 1\n`;
  await put('dsc', `${head('3.0 (native)', 'all')}Maintainer: Zo\u00eb <a@b>\n${await tables(folder, [names.source], '')}`);
  const built = await tables(folder, [names.dsc, names.deb], undefined);
  await put('buildinfo', `${head('1.0', 'all source')}${built}Build-Architecture: amd64\nInstalled-Build-Depends:\n a (= 1),\n b (= 2)\n`);
  const all = await tables(folder, [names.dsc, names.source, names.deb, names.buildinfo], ' misc optional');
  await put(
    'changes',
    `${head('1.8', 'all source')}Distribution: unstable\nDescription:\n ab - x\nChanges:\n ab (1) unstable;\n .\n   * One.\n${all}`,
  );
  const facts = { package: 'ab', version: '1', architecture: 'all', distribution: 'debian:12' };
  const files = [];
  for (const kind of ['deb', 'source', 'dsc', 'buildinfo', 'changes'] as const)
    files.push(await describeFile(folder, names[kind], { ...facts, kind }));
  return { folder, manifest: { schema: 1, sourceDateEpoch: 1, sources: [{ package: 'ab', version: '1' }], files } };
}

/** `words`: between size and name in the table Files; undefined: MD5 sums are in a table of .buildinfo files. */
async function tables(folder: string, listed: readonly string[], words: string | undefined): Promise<string> {
  const table = async (field: string, algorithm: string, between = ''): Promise<string> => {
    const rows = [];
    for (const name of listed) {
      const bytes = await readFile(join(folder, name));
      rows.push(` ${createHash(algorithm).update(bytes).digest('hex')} ${bytes.length}${between} ${name}\n`);
    }
    return `${field}:\n${rows.join('')}`;
  };
  const sums = [await table('Checksums-Sha1', 'sha1'), await table('Checksums-Sha256', 'sha256')];
  return words === undefined
    ? [await table('Checksums-Md5', 'md5'), ...sums].join('')
    : [...sums, await table('Files', 'md5', words)].join('');
}
