import { readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { thisProcess } from './owner.ts';

/**
 * Whether machines of a base system have run on this host since it booted, with instances on the same disk: then the next one need not
 * prove it again, which takes ten times as long as making it.
 */
export async function isProven(root: string, instances: string): Promise<boolean> {
  const known = await readFile(proofFile(root), 'utf8').catch(() => '');
  return known !== '' && known === (await surroundings(instances));
}

/** Notes that one has run. A cache that cannot be written to is asked again next time. */
export async function noteProof(root: string, instances: string): Promise<void> {
  await writeFile(proofFile(root), await surroundings(instances)).catch(() => {});
}

const proofFile = (root: string): string => join(dirname(root), 'proven');

const surroundings = async (folder: string): Promise<string> => `${thisProcess().boot} ${(await stat(folder)).dev}\n`;
