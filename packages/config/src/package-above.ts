import { stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/**
 * How a folder above `folder` (absolute), the nearest that holds `debian/control`, is called from there (`..`, `../..`): what a person means who is
 * in a folder of a project, and says nothing. undefined: there is none.
 */
export async function packageAbove(folder: string): Promise<string | undefined> {
  for (let [below, at] = [folder, dirname(folder)]; at !== below; [below, at] = [at, dirname(at)]) {
    const control = await stat(join(at, 'debian/control')).catch(() => undefined); // what cannot be looked at is no help
    if (control?.isFile() === true) return relative(folder, at);
  }
  return undefined;
}

/** A sentence for a cure, with a blank behind it; '' where there is none. */
export async function aboveWords(folder: string): Promise<string> {
  const above = await packageAbove(folder);
  return above === undefined ? '' : `The folder ${above} above it holds debian/control: go there, or name that one. `;
}
