import { readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import { type IndexTarget, indexTargetFormat, isOwnArchive, parseIndexTargets, parseSources, type SourceEntry } from '@release-kit/cross';
import { aptOptions, whenUnlocked } from './install.ts';
import { updateArgv } from './installation.ts';

/** What apt of this host is set up for. */
export interface AptState {
  /** Architectures of dpkg, its own first. */
  readonly architectures: readonly string[];
  /** Text by file of entries; absolute, links followed. */
  readonly files: ReadonlyMap<string, string>;
  /** Entries of the distribution's own archive: those that may be touched. */
  readonly own: readonly SourceEntry[];
}

/** Reads apt's sources. Asks the archives for their Release files where this host has none of them yet, as fresh containers have not. */
export async function aptState(host: Host): Promise<AptState> {
  const architectures = await dpkgArchitectures(host);
  const files = await sourceFiles();
  const entries = [...files].flatMap(([file, { text, names }]) =>
    parseSources(text, file).map((entry) => ({
      entry,
      isOwn: (targets: readonly IndexTarget[]) => names.some((name) => isOwnArchive(targets, name, entry)),
    })),
  );
  let targets = await indexTargets(host);
  if (!entries.some(({ isOwn }) => isOwn(targets))) {
    // Only for the host's own architecture: what another run added without an archive for it must not make this fail.
    const argv = [...updateArgv, '-o', `APT::Architectures=${architectures[0] ?? ''}`, '-o', 'APT::Get::List-Cleanup=false'] as const;
    await whenUnlocked(host, () => host.exec(argv, { ...aptOptions, failure: "apt cannot read this host's package archives" }));
    targets = await indexTargets(host);
  }
  return {
    architectures,
    files: new Map([...files].map(([file, { text }]) => [file, text])),
    own: entries.filter(({ isOwn }) => isOwn(targets)).map(({ entry }) => entry),
  };
}

export async function dpkgArchitectures(host: Host): Promise<readonly string[]> {
  const { stdout: native } = await host.exec(['dpkg', '--print-architecture'], { cwd: '/' });
  const { stdout: foreign } = await host.exec(['dpkg', '--print-foreign-architectures'], { cwd: '/' });
  return [native, ...foreign.split('\n')].map((line) => line.trim()).filter((line) => line !== '');
}

async function indexTargets(host: Host): Promise<readonly IndexTarget[]> {
  const { stdout } = await host.exec(['apt-get', 'indextargets', '--format', indexTargetFormat, 'Created-By: Packages'], { cwd: '/' });
  return parseIndexTargets(stdout);
}

/** apt's own folder and the names it takes there; sources.list(5). */
export const sourcesFolder = '/etc/apt/sources.list.d';
const partName = /^[A-Za-z0-9_.-]+\.(list|sources)$/;

/** Each file once, with the names that apt knows it by. */
async function sourceFiles(): Promise<ReadonlyMap<string, { readonly text: string; readonly names: readonly string[] }>> {
  const parts = (await readdir(sourcesFolder).catch(() => [])).filter((name) => partName.test(name)).sort();
  const files = new Map<string, { text: string; names: string[] }>();
  for (const name of ['/etc/apt/sources.list', ...parts.map((part) => join(sourcesFolder, part))]) {
    const file = await realpath(name).catch(() => undefined);
    if (file === undefined) continue; // sources.list may be missing, and a link may lead nowhere
    // Byte for byte: what is not UTF-8 must come back as it was.
    const text = await readFile(file, 'latin1');
    files.set(file, { text, names: [...(files.get(file)?.names ?? []), name] });
  }
  return files;
}
