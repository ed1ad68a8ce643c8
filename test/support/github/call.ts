/** A request as the stand-in saw it. */
export interface Call {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** The operation's id in GitHub's reference, such as `repos/create-release`; '' for what is none. */
  readonly operation: string;
  readonly authorization: string | undefined;
  /** Parsed JSON; undefined for uploads. */
  readonly body: unknown;
  /** By the clock of the stand-in, in milliseconds. */
  readonly at: number;
  /** The status that was sent, or that the connection was broken; undefined while the call is under way. */
  answered: number | 'reset' | undefined;
}

/** How often each operation was called, sorted by its id. */
export function countsOf(calls: readonly Call[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { operation } of calls) counts.set(operation, (counts.get(operation) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Calls that ask for a change. */
export const writesOf = (calls: readonly Call[]): readonly Call[] => calls.filter(({ method }) => method !== 'GET' && method !== 'HEAD');
