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
 * Which test files run beside others, by their first comment. One that looks at the host as a whole says `@alone`, with the reason; those
 * that change a part of the host which only they look at say `@in-turn` and the name of that part, and are one run; one that takes minutes
 * says `@slow` and about how many seconds, so that it is not the last to start: the longest is the first.
 */
export function planLanes(files: readonly TestFile[]): LanePlan {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const told = (name: string, { text }: TestFile): boolean => new RegExp(`^/\\*\\*[^/]*@${name}\\b`).test(text);
  const alone = sorted.filter((file) => told('alone', file));
  const turns = Map.groupBy(sorted, ({ text }) => /^\/\*\*[^/]*@in-turn ([a-z-]+)/.exec(text)?.[1]);
  const rest = (turns.get(undefined) ?? []).filter((file) => !alone.includes(file));
  turns.delete(undefined);
  const seconds = ({ text }: TestFile): number => Number(/^\/\*\*[^/]*@slow (\d+)/.exec(text)?.[1] ?? 0);
  const slow = rest.filter((file) => told('slow', file)).sort((a, b) => seconds(b) - seconds(a));
  const short = rest.filter((file) => !slow.includes(file));
  const batches = Array.from({ length: Math.ceil(short.length / shortFilesAtOnce) }, (_, index) =>
    short.slice(index * shortFilesAtOnce, (index + 1) * shortFilesAtOnce),
  );
  return {
    beside: [...turns.values(), ...slow.map((file) => [file]), ...batches].map((batch) => batch.map(({ path }) => path)),
    alone: alone.map(({ path }) => path),
  };
}

export function readTestFiles(paths: readonly string[]): Promise<readonly TestFile[]> {
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(path, 'utf8') })));
}
