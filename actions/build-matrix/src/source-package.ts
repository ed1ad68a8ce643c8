import { join } from 'node:path';
import { inertLine, type Place, UserError } from '@release-kit/action';
import { readStart } from '@release-kit/config';
import { parseControl } from '@release-kit/debian';

/** What the plan needs to know of a source package. */
export interface SourcePackage {
  /** As people write it: relative to the workspace where it is inside. */
  readonly path: string;
  readonly name: string;
  /** Words of all Architecture fields: `any`, `all`, `linux-any`, `arm64` … */
  readonly architectures: readonly string[];
}

/** Far above any real debian/control. */
const limitBytes = 1024 * 1024;

/**
 * Reads debian/control below `folder` (absolute). `path` is how messages name the folder, `place` where the user named it.
 * Throws E_SOURCE when there is none, E_CONTROL when it breaks its rules.
 */
export async function readSourcePackage(folder: string, path: string, place: Place | undefined): Promise<SourcePackage> {
  const file = path === '.' ? 'debian/control' : `${path}/debian/control`;
  const control = parseControl(await readText(join(folder, 'debian', 'control'), file, place), file);
  const words = control.binaries.flatMap((binary) => (binary.get('Architecture') ?? '').split(/\s+/));
  return { path, name: control.source.get('Source') ?? '', architectures: [...new Set(words.filter((word) => word !== ''))] };
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
