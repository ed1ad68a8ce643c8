import { type Git, type LogOrder, readLog } from '@release-kit/git';
import { dateOrder, type HistoryNode, needsPaths, nodeReader, placesOf } from '@release-kit/history';
import { compileWell, keepNewSpaceSmall } from './engine-flags.ts';
import type { HistoryRequest } from './history-request.ts';

/** A history that is short enough to be held: what git would otherwise be asked about it is answered from memory. */
export interface WholeHistory {
  /** Newest first, no commit before its last child. */
  readonly commits: readonly HistoryNode[];
  /** Whether a commit, named in full, is in it. */
  readonly has: (sha: string) => boolean;
}

/** The history of one commit for who needs all of it. */
export interface ReadHistory extends AsyncDisposable {
  /** undefined: it is too long. */
  readonly whole: WholeHistory | undefined;
  /** All commits, each time anew; what was read ahead is not read again. */
  readonly log: (order: LogOrder) => AsyncIterable<readonly HistoryNode[]>;
}

/** More commits would take more than 100 MiB. */
const mostHeld = 45_000;
/** Behind so many commits the space for new objects would begin to grow. */
const grown = 4000;
/** Behind so many commits what V8's second compiler makes is worth its time. */
const longRun = 25_000;
/** So many are told of at a time, as git's own answers come. */
const batchSize = 500;

/**
 * Begins to read all ancestors of a commit, and keeps them where there are few: one process of git then does for the version, for the notes and for the changelog of all releases.
 *
 * @throws UserError E_GIT
 */
export async function readHistory(git: Git, end: string, request: HistoryRequest, most = mostHeld): Promise<ReadHistory> {
  const { log } = unreadHistory(git, end, request);
  const ahead = log('dates');
  const batches: (readonly HistoryNode[])[] = [];
  let count = 0;
  for (let next = await ahead.next(); next.done !== true; next = await ahead.next()) {
    batches.push(next.value);
    const before = count;
    count += next.value.length;
    if (before < grown && count >= grown) keepNewSpaceSmall();
    if (before < longRun && count >= longRun) compileWell();
    if (count > most) return longHistory(batches, ahead, log);
  }
  const read = batches.flat();
  const places = placesOf(read);
  const commits = dateOrder(read, places);
  return {
    whole: { commits, has: (sha) => places.has(sha) },
    log: async function* () {
      for (let at = 0; at < commits.length; at += batchSize) yield commits.slice(at, at + batchSize);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** Nothing of it was read yet. */
export function unreadHistory(git: Git, end: string, request: HistoryRequest) {
  return { whole: undefined, log: (order: LogOrder) => readNodes(git, end, request, order) };
}

/** What was read so far belongs to whoever asks first; git waits until then. */
function longHistory(
  batches: (readonly HistoryNode[])[],
  rest: AsyncGenerator<readonly HistoryNode[]>,
  log: (order: LogOrder) => AsyncIterable<readonly HistoryNode[]>,
): ReadHistory {
  let isTaken = false;
  const goOn = async function* () {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) yield batch;
    yield* rest;
  };
  return {
    whole: undefined,
    log: (order) => {
      if (isTaken || order !== 'dates') return log(order);
      isTaken = true;
      return goOn();
    },
    [Symbol.asyncDispose]: async () => {
      await rest.return(undefined);
    },
  };
}

async function* readNodes(git: Git, end: string, request: HistoryRequest, order: LogOrder): AsyncGenerator<readonly HistoryNode[]> {
  const read = nodeReader(request.packages, request.package, request.reading);
  for await (const batch of readLog(git, { to: [end], paths: needsPaths(request.packages), order })) {
    yield batch.map(read);
  }
}
