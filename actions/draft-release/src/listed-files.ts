import { readFile } from 'node:fs/promises';
import { type Host, UserError } from '@release-kit/action';
import type { ReleaseFile } from '@release-kit/github';
import { checksumFiles, digestFiles, parseChecksums, type SumAlgorithm, sumAlgorithms } from '@release-kit/openpgp';
import { fileIn, namesThere } from './folder-file.ts';

/**
 * The checksum files of the folder (absolute), one at least. Each must list these files, by the names of the release, and nothing else.
 * Throws E_PATH without any, E_DIGEST.
 */
export async function checksumsOf(
  files: readonly ReleaseFile[],
  folder: string,
  host: Pick<Host, 'signal'>,
): Promise<readonly ReleaseFile[]> {
  const there = await namesThere(folder, Object.values(checksumFiles));
  const found = sumAlgorithms.filter((algorithm) => there.includes(checksumFiles[algorithm]));
  // Without one, the usual one is what is missing.
  const algorithms: readonly SumAlgorithm[] = found.length === 0 ? ['sha256'] : found;
  const lists = [];
  for (const algorithm of algorithms) lists.push({ algorithm, list: await fileIn(folder, checksumFiles[algorithm]) });
  const digests = await digestFiles(
    files.map(({ file }) => file),
    { sums: algorithms, trailers: [] },
    { signal: host.signal },
  );
  for (const { algorithm, list } of lists) {
    const expected = new Map(files.map(({ name }, index) => [name, digests[index]?.sums[algorithm]]));
    const listed = parseChecksums(await readFile(list.file, 'utf8'), list.name, algorithm);
    checkList(list.name, new Map(listed.map(({ name, digest }) => [name, digest])), expected);
  }
  return lists.map(({ list }) => list);
}

function checkList(list: string, listed: ReadonlyMap<string, string>, expected: ReadonlyMap<string, string | undefined>): void {
  for (const [name, digest] of listed) {
    if (!expected.has(name)) throw stale(`${list} lists ${name} which the manifest does not`);
    if (expected.get(name) !== digest) throw stale(`${list} lists ${name} with another digest than the manifest`);
  }
  const missing = [...expected.keys()].find((name) => !listed.has(name));
  if (missing !== undefined) throw stale(`${list} does not list ${missing}`);
}

function stale(message: string): UserError {
  return new UserError('E_DIGEST', message, { cure: 'Run sign-artifacts again, on the files that are to be released.' });
}
