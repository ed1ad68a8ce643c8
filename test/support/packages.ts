import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Host } from '@release-kit/action';
import { describeFile, type ManifestFile, writeManifest } from '@release-kit/manifest';

/** A package made for one test: only what matters is named. */
export interface TinyPackage {
  readonly name: string;
  /** Default `1.0`. */
  readonly version?: string;
  readonly depends?: string;
  /** Further fields of its control file: `Conflicts: other`. */
  readonly fields?: readonly string[];
  /** Path without a leading `/` -> content. */
  readonly files?: Readonly<Record<string, string>>;
  /** Name such as `postinst` -> lines of shell after `set -e`. */
  readonly scripts?: Readonly<Record<string, string>>;
  readonly conffiles?: readonly string[];
  /** Path without a leading `/` -> mode. Default 0644, folders 0755. */
  readonly modes?: Readonly<Record<string, number>>;
  /** Path without a leading `/` -> target of a symbolic link. */
  readonly links?: Readonly<Record<string, string>>;
  /** Further members of the control archive, such as `templates` -> content. */
  readonly control?: Readonly<Record<string, string>>;
}

/** Builds it with dpkg-deb into `folder`, and describes it for a manifest. */
export async function tinyPackage(host: Host, folder: string, given: TinyPackage): Promise<ManifestFile> {
  const { name, version = '1.0', depends, fields: more = [] } = given;
  await using root = await host.files.temporary('package');
  const put = async (path: string, content: string, mode = 0o644): Promise<void> => {
    await mkdir(dirname(join(root.path, path)), { recursive: true });
    await writeFile(join(root.path, path), content, { mode });
  };
  const fields = [
    `Package: ${name}`,
    `Version: ${version}`,
    'Architecture: all',
    'Maintainer: Example Maintainer <maintainer@example.org>',
    ...more,
  ];
  await put(
    'DEBIAN/control',
    `${[...fields, ...(depends === undefined ? [] : [`Depends: ${depends}`]), 'Description: package for a test'].join('\n')}\n`,
  );
  for (const [path, content] of Object.entries(given.files ?? {})) await put(path, content);
  for (const [script, lines] of Object.entries(given.scripts ?? {})) await put(`DEBIAN/${script}`, `#!/bin/sh\nset -e\n${lines}\n`, 0o755);
  if (given.conffiles !== undefined) await put('DEBIAN/conffiles', given.conffiles.map((path) => `${path}\n`).join(''));
  for (const [member, content] of Object.entries(given.control ?? {})) await put(`DEBIAN/${member}`, content);
  for (const [path, target] of Object.entries(given.links ?? {})) {
    await mkdir(dirname(join(root.path, path)), { recursive: true });
    await symlink(target, join(root.path, path));
  }
  const file = `${name}_${version}_all.deb`;
  await host.exec(['chmod', '-R', 'u+rwX,go+rX,go-w', root.path]);
  for (const [path, mode] of Object.entries(given.modes ?? {})) await chmod(join(root.path, path), mode);
  await host.exec(['dpkg-deb', '--root-owner-group', '--build', root.path, join(folder, file)]);
  return describeFile(folder, file, { kind: 'deb', package: name, version, architecture: 'all', distribution: 'debian:12' });
}

/** What else is odd about a raw package. */
export interface RawShape {
  /** Fills the folders whose contents are packed. */
  readonly fill?: (control: string, data: string) => Promise<unknown>;
  /** Further options of tar for its contents: names that no file can have. */
  readonly tar?: readonly string[];
  /** Put after the end of the archive. */
  readonly junk?: string;
}

/** A .deb that dpkg-deb would refuse to make: its control file is written as it stands. */
export async function rawPackage(
  host: Host,
  folder: string,
  file: string,
  control: string,
  order?: readonly number[],
  { fill, tar = [], junk = '' }: RawShape = {},
): Promise<ManifestFile> {
  await using root = await host.files.temporary('raw');
  await mkdir(join(root.path, 'c'));
  await writeFile(join(root.path, 'c/control'), control);
  await mkdir(join(root.path, 'd'));
  await fill?.(join(root.path, 'c'), join(root.path, 'd'));
  for (const [source, archive] of [
    ['c', 'control.tar.xz'],
    ['d', 'data.tar.xz'],
  ] as const) {
    const options = source === 'd' ? tar : [];
    await host.exec(['tar', '--create', '--xz', '--owner=0', '--group=0', ...options, '--file', archive, '--directory', source, '.'], {
      cwd: root.path,
    });
  }
  await writeFile(join(root.path, 'debian-binary'), '2.0\n');
  const members: ArchiveMember[] = [];
  for (const name of ['debian-binary', 'control.tar.xz', 'data.tar.xz'])
    members.push({ name, bytes: await readFile(join(root.path, name)) });
  const ordered = (order ?? [0, 1, 2]).map((index) => members[index]).filter((member) => member !== undefined);
  await writeFile(join(folder, file), Buffer.concat([arArchive(ordered), Buffer.from(junk)]));
  return describeRaw(folder, file);
}

/** Describes a file whose own fields cannot be trusted. */
export function describeRaw(folder: string, file: string): Promise<ManifestFile> {
  return describeFile(folder, file, {
    kind: 'deb',
    package: file.split('_')[0] ?? file,
    version: '1.0',
    architecture: 'all',
    distribution: 'debian:12',
  });
}

interface ArchiveMember {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** ar(5): a magic line, then a header of 60 bytes before each member, which starts at an even place. */
function arArchive(members: readonly ArchiveMember[]): Buffer {
  const parts = members.flatMap(({ name, bytes }) => {
    // Name, time, owner, group, mode, size.
    const fields = [name.padEnd(16), '0'.padEnd(12), '0'.padEnd(6), '0'.padEnd(6), '100644'.padEnd(8), String(bytes.length).padEnd(10)];
    const header = `${fields.join('')}\`\n`;
    return [Buffer.from(header), bytes, Buffer.alloc(bytes.length % 2, '\n')];
  });
  return Buffer.concat([Buffer.from('!<arch>\n'), ...parts]);
}

/** Writes the manifest of these files beside them; returns its absolute path. */
export async function manifestOf(folder: string, files: readonly ManifestFile[]): Promise<string> {
  const manifest = join(folder, 'manifest.json');
  await writeManifest(manifest, {
    schema: 1,
    sourceDateEpoch: 1_768_478_400,
    sources: [{ package: files[0]?.package ?? 'none', version: '1.0' }],
    files,
  });
  return manifest;
}
