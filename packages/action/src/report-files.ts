import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from './errors.ts';
import { inertLine } from './inert.ts';
import { codeOf } from './system-error.ts';
import { refuseSpecial, writeWhole } from './whole-file.ts';

/** A report that is to be written. */
export interface ReportFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Makes the folders of the asked reports; `paths`: absolute, by the input that asks for each. Asked before anything takes long: a report that cannot be
 * written is told at once. Throws UserError E_INPUT for two reports in one file, E_PATH where a folder or a device stands in the
 * way or no folder can be made.
 */
export async function prepareReports(paths: Readonly<Record<string, string | undefined>>): Promise<void> {
  const asked = Object.entries(paths).flatMap(([name, path]) => (path === undefined ? [] : [{ name, path }]));
  for (const [index, { name, path }] of asked.entries()) {
    const other = asked.slice(0, index).find((earlier) => earlier.path === path);
    if (other !== undefined) throw new UserError('E_INPUT', `inputs ${other.name} and ${name} name the same file, ${inertLine(path)}`);
    await orPathError(path, async () => {
      await mkdir(dirname(path), { recursive: true });
      await access(dirname(path), constants.W_OK);
    });
    await refuseSpecial(path);
    if (await isFolder(path)) throw new UserError('E_PATH', `input ${name} is ${inertLine(path)}, which is a folder`);
  }
}

/** Writes each as a whole or not at all. Errors as `storageError`. */
export async function writeReports(files: readonly ReportFile[]): Promise<void> {
  for (const { path, text } of files) {
    await writeWhole(path, text);
  }
}

/** What the file system refuses is the user's to mend. */
async function orPathError(path: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new UserError('E_PATH', `the report ${inertLine(path)} cannot be written: ${code}`, { cause: error });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}
