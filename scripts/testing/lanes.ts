import { readFile } from 'node:fs/promises';

/** Files of one run of jest. */
export type Batch = readonly string[];

export interface LanePlan {
  /** Longest first, for several processes that each take the next one. */
  readonly beside: readonly Batch[];
  /** One run after all others, with nothing beside it. */
  readonly alone: Batch;
}

export interface TestFile {
  readonly path: string;
  readonly text: string;
}

/** Starting jest takes a second or two: short files share a start. */
const shortFilesAtOnce = 3;

/**
 * Which test files run beside others. One that looks at the host as a whole, or changes what all of it shares, says `@alone` in its first
 * comment, with the reason; one that takes minutes says `@slow`, so that it is not the last to start.
 */
export function planLanes(files: readonly TestFile[]): LanePlan {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const told = (name: string, { text }: TestFile): boolean => new RegExp(`^/\\*\\*[^/]*@${name}\\b`).test(text);
  const alone = sorted.filter((file) => told('alone', file));
  const slow = sorted.filter((file) => !alone.includes(file) && told('slow', file));
  const short = sorted.filter((file) => !alone.includes(file) && !slow.includes(file));
  const batches = Array.from({ length: Math.ceil(short.length / shortFilesAtOnce) }, (_, index) =>
    short.slice(index * shortFilesAtOnce, (index + 1) * shortFilesAtOnce),
  );
  return {
    beside: [...slow.map((file) => [file.path]), ...batches.map((batch) => batch.map(({ path }) => path))],
    alone: alone.map(({ path }) => path),
  };
}

export function readTestFiles(paths: readonly string[]): Promise<readonly TestFile[]> {
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(path, 'utf8') })));
}
