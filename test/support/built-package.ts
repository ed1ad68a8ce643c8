import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import { describeFile, type FileKind, writeManifest } from '@release-kit/manifest';
import { tinySource } from './hostile.ts';

/** What dpkg-buildpackage leaves of tinySource, and its kinds. */
const products: Readonly<Record<string, readonly [kind: FileKind, architecture: string]>> = {
  '.dsc': ['dsc', 'source'],
  '.tar.xz': ['source', 'source'],
  '_all.deb': ['deb', 'all'],
  '_ARCH.buildinfo': ['buildinfo', 'ARCH'],
  '_ARCH.changes': ['changes', 'ARCH'],
};

export interface BuiltPackage {
  /** Absolute; where the files lie. */
  readonly folder: string;
  readonly manifest: string;
  readonly digest: string;
  /** By the end of the name: `.dsc`, `.changes`. */
  readonly names: Readonly<Record<'dsc' | 'source' | 'deb' | 'buildinfo' | 'changes', string>>;
}

/** Source and binary package of `tiny`, built here and now by the host's own dpkg-dev into the folder `out` of the workspace. */
export async function builtPackage(host: Host, version = '1.0~rc1'): Promise<BuiltPackage> {
  const folder = join(host.files.workspace, 'out');
  await using place = await host.files.temporary('build');
  const tree = join(place.path, 'tiny');
  await tinySource(tree, [], version);
  await host.exec(['dpkg-buildpackage', '-d', '-us', '-uc'], { cwd: tree, timeout: 120_000, env: { SOURCE_DATE_EPOCH: '1768478400' } });
  const { stdout } = await host.exec(['dpkg', '--print-architecture']);
  const ready = (text: string): string => text.replace('ARCH', stdout.trim());
  await mkdir(folder);
  const files = [];
  const names = { dsc: '', source: '', deb: '', buildinfo: '', changes: '' };
  for (const [end, [kind, architecture]] of Object.entries(products)) {
    const name = ready(`tiny_${version}${end}`);
    await host.exec(['mv', join(place.path, name), folder]);
    const facts = { kind, package: 'tiny', version, architecture: ready(architecture), distribution: 'debian:12' } as const;
    files.push(await describeFile(folder, name, facts));
    if (Object.hasOwn(names, kind)) Object.assign(names, { [kind]: name });
  }
  const manifest = join(folder, 'manifest.json');
  const digest = await writeManifest(manifest, {
    schema: 1,
    sourceDateEpoch: 1_768_478_400,
    sources: [{ package: 'tiny', version }],
    files,
  });
  return { folder, manifest, digest, names };
}
