import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { codeOf, inertLine, innerPath, isInside, UserError } from '@release-kit/action';
import { readStart } from '@release-kit/config';
import { type BaselineEntry, parseBaseline } from './baseline.ts';

/** Where a baseline is looked for when nobody names one, in the source tree. */
export const usualBaseline = 'debian/lintian-baseline';

const largest = 8 * 1024 * 1024;

export interface BaselineFile {
  /** Absolute. */
  readonly path: string;
  /** As seen from the workspace. */
  readonly shown: string;
  /** undefined when there is no such file. */
  readonly entries: readonly BaselineEntry[] | undefined;
}

/**
 * Reads the baseline of a source tree: the one that was named (absolute), else the usual one. In a checkout it may be a stranger's, so that a
 * link out of the tree is not followed unless somebody named the file in an input. Throws E_BASELINE, E_PATH.
 */
export async function readBaseline(
  source: string,
  workspace: string,
  { input, configured }: { readonly input: string | undefined; readonly configured: string | undefined },
): Promise<BaselineFile> {
  const path = input ?? configured ?? join(source, usualBaseline);
  const shown = inertLine(innerPath(workspace, resolve(path)) ?? path);
  if (input === undefined && ![source, workspace].some((folder) => isInside(folder, path)))
    throw new UserError('E_PATH', `the baseline ${shown} leads out of the repository`, { place: { file: shown } });
  const text = await readText(path, shown);
  return { path, shown, entries: text === undefined ? undefined : parseBaseline(text, shown) };
}

async function readText(path: string, shown: string): Promise<string | undefined> {
  const place = { file: shown };
  try {
    if (!(await stat(path)).isFile()) throw new UserError('E_BASELINE', 'the baseline is not a regular file', { place });
    const bytes = await readStart(path, largest);
    if (bytes.length > largest) throw new UserError('E_BASELINE', `the baseline is larger than ${largest / 1024 / 1024} MiB`, { place });
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new UserError(
      'E_BASELINE',
      code === undefined || code.startsWith('ERR_') ? 'the baseline is not UTF-8 text' : `the baseline cannot be read (${inertLine(code)})`,
      {
        place,
        cause: error,
      },
    );
  }
}
