import { createHash } from 'node:crypto';
import type { Call } from './call.ts';

/** What goes wrong with one request. */
export interface Fault {
  /** Milliseconds before anything else. */
  readonly delay?: number;
  /**
   * The connection breaks: `before` anything was taken in, `half` through the body (an upload leaves a `starter`),
   * `after` everything took effect and before the answer, `half-answer` in the middle of the answer.
   */
  readonly reset?: 'before' | 'half' | 'after' | 'half-answer';
  /** The answer in place of the true one. A string as body goes out as it stands. */
  readonly answer?: { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown };
  /** Whether the request takes effect although another answer is given, as when a proxy fails; else it does not. */
  readonly effect?: boolean;
  /** Milliseconds between the bytes of the answer. */
  readonly drip?: number;
}

/** Asked for each request, before it is answered. */
export type FaultScript = (call: Pick<Call, 'method' | 'operation'>) => Fault | undefined;

export interface ScriptedFault extends Fault {
  /** Such as `repos/create-release`; left out: any. */
  readonly operation?: string;
  readonly method?: string;
  /** Which of the requests that this line is for, from 1; left out: each of them. */
  readonly nth?: number;
}

/** A script written out; for each request the first line that fits. */
export function scriptOf(lines: readonly ScriptedFault[]): FaultScript {
  const seen = lines.map(() => 0);
  return ({ method, operation }) => {
    let chosen: Fault | undefined;
    for (const [index, line] of lines.entries()) {
      if ((line.operation ?? operation) !== operation || (line.method ?? method) !== method) continue;
      const count = (seen[index] ?? 0) + 1;
      seen[index] = count;
      if (chosen === undefined && (line.nth ?? count) === count) chosen = line;
    }
    return chosen;
  };
}

const unicorn = '<!DOCTYPE html>\n<html><head><title>Unicorn! &middot; GitHub</title></head><body>No server is available.</body></html>\n';
const html = { 'content-type': 'text/html; charset=utf-8' };
const sayAgain = (status: number, text: string, seconds: string): Fault => ({
  answer: { status, headers: { 'retry-after': seconds }, body: { message: text, documentation_url: 'https://docs.github.com/rest' } },
});

/** What a seed chooses from. */
export const knownFaults: Readonly<Record<string, Fault>> = {
  slow: { delay: 20 },
  'reset before': { reset: 'before' },
  'reset half-way': { reset: 'half' },
  'reset after': { reset: 'after' },
  'reset in the answer': { reset: 'half-answer' },
  'internal error': { answer: { status: 500, body: { message: 'Server Error' } } },
  'bad gateway': { answer: { status: 502, headers: html, body: unicorn } },
  'bad gateway, done all the same': { answer: { status: 502, headers: html, body: unicorn }, effect: true },
  unavailable: sayAgain(503, 'Service Unavailable', '1'),
  'gateway timeout, done all the same': { answer: { status: 504, body: { message: 'Gateway Timeout' } }, effect: true },
  'too many requests': sayAgain(429, 'Too Many Requests', '1'),
  'secondary limit': sayAgain(403, 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.', '2'),
  'a page with 200': { answer: { status: 200, headers: html, body: unicorn } },
  'a page with 200, done all the same': { answer: { status: 200, headers: html, body: unicorn }, effect: true },
  'cut JSON, done all the same': {
    answer: { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: '{"id": 1, "na' },
    effect: true,
  },
  'no content, done all the same': { answer: { status: 204 }, effect: true },
};

/** What clients have seen of uploads besides: the bytes are there, and the answer says that they are not. */
export const knownUploadFaults: Readonly<Record<string, Fault>> = {
  'not found, done all the same': { answer: { status: 404, body: { message: 'Not Found' } }, effect: true },
  'there already, which it is since now': {
    answer: {
      status: 422,
      body: { message: 'Validation Failed', errors: [{ resource: 'ReleaseAsset', field: 'name', code: 'already_exists' }] },
    },
    effect: true,
  },
};

export interface SeededFaults {
  /** How many of a hundred requests have a fault. */
  readonly percent?: number;
  /** After so many faults all goes well. */
  readonly most?: number;
}

/**
 * A script from a seed: the same seed gives the nth request of an operation the same fault, whatever else goes on at the same time.
 * After `most` faults all goes well, so that whoever tries again gets through.
 */
export function faultScript(seed: number, { percent = 15, most = 8 }: SeededFaults = {}): FaultScript {
  const seen = new Map<string, number>();
  const ofAll = Object.values(knownFaults);
  const ofUploads = [...ofAll, ...Object.values(knownUploadFaults)];
  let given = 0;
  return ({ operation }) => {
    const nth = (seen.get(operation) ?? 0) + 1;
    seen.set(operation, nth);
    const drawn = createHash('sha256').update(`${seed} ${operation} ${nth}`).digest();
    if (given >= most || drawn.readUInt32BE(0) % 100 >= percent) return undefined;
    given += 1;
    const faults = operation === 'repos/upload-release-asset' ? ofUploads : ofAll;
    return faults[drawn.readUInt32BE(4) % faults.length];
  };
}
