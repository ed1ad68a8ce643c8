import { join } from 'node:path';
import { inertLine, type Place, UserError } from '@release-kit/action';
import { type PackageConfig, readStart } from '@release-kit/config';
import { type Paragraph, parseControl } from '@release-kit/debian';

/** What the plan needs to know of a source package. */
export interface SourcePackage {
  /** As people write it: relative to the workspace where it is inside. */
  readonly path: string;
  /** Relative to the root that patterns of files start at, with `/`; `.` for the root itself. */
  readonly folder: string;
  /** In the names of jobs: the configuration's name, else the Source field. */
  readonly name: string;
  /** The Source field. */
  readonly source: string;
  /** Words of all Architecture fields: `any`, `all`, `linux-any`, `arm64` … */
  readonly architectures: readonly string[];
  /** Names of the binary packages, and of what they provide. */
  readonly binaries: readonly string[];
  /** Names in Build-Depends, -Arch and -Indep, alternatives included. */
  readonly buildDepends: readonly string[];
  /** What the configuration says of it; undefined when it says nothing. */
  readonly config: PackageConfig | undefined;
  /** Where its folder is named, for messages about it. */
  readonly place: Place | undefined;
}

/** Where a package is, by all its names. */
export interface PackageFolder {
  /** Absolute. */
  readonly absolute: string;
  readonly path: string;
  readonly folder: string;
  readonly config: PackageConfig | undefined;
  readonly place: Place | undefined;
}

/** Far above any real debian/control. */
const limitBytes = 1024 * 1024;

/** Reads debian/control of a folder. Throws E_SOURCE when there is none, E_CONTROL when it breaks its rules. */
export async function readSourcePackage({ absolute, path, folder, config, place }: PackageFolder): Promise<SourcePackage> {
  const file = path === '.' ? 'debian/control' : `${path}/debian/control`;
  const control = parseControl(await readText(join(absolute, 'debian', 'control'), file, place), file);
  const words = control.binaries.flatMap((binary) => (binary.get('Architecture') ?? '').split(/\s+/));
  const source = control.source.get('Source') ?? '';
  return {
    path,
    folder,
    name: config?.name ?? source,
    source,
    architectures: [...new Set(words.filter((word) => word !== ''))],
    binaries: control.binaries.flatMap((binary) => [binary.get('Package') ?? '', ...dependencyNames(binary, 'Provides')]),
    buildDepends: ['Build-Depends', 'Build-Depends-Arch', 'Build-Depends-Indep'].flatMap((field) => dependencyNames(control.source, field)),
    config,
    place,
  };
}

/** `debhelper-compat (= 13), libfoo-dev:native | libfoo2-dev [amd64] <!nocheck>` -> the names (Policy 7.1). */
function dependencyNames(paragraph: Paragraph, field: string): readonly string[] {
  return (paragraph.get(field) ?? '').split(/[,|]/).flatMap((part) => /^\s*([a-z0-9][a-z0-9+.-]+)/.exec(part)?.[1] ?? []);
}

async function readText(path: string, file: string, place: Place | undefined): Promise<string> {
  const bytes = await bytesOf(path, file, place);
  if (bytes.length > limitBytes) throw new UserError('E_CONTROL', 'the file is larger than 1 MiB', { place: { file } });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new UserError('E_CONTROL', 'the file is not UTF-8 text', { place: { file }, cause });
  }
}

async function bytesOf(path: string, file: string, place: Place | undefined): Promise<Uint8Array> {
  try {
    return await readStart(path, limitBytes);
  } catch (cause) {
    const missing = typeof cause === 'object' && cause !== null && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR');
    const problem = missing ? `there is no ${inertLine(file)}` : `${inertLine(file)} cannot be read`;
    throw new UserError('E_SOURCE', problem, { ...(place === undefined ? {} : { place }), cause });
  }
}
