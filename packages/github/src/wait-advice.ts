import { field } from './field.ts';

/** What an answer, or that there was none, means for another try. */
export type WaitAdvice =
  /** No other try helps: the answer stands. */
  | { readonly kind: 'final' }
  /** GitHub refused because of a limit, and did nothing: every request may be sent again, and all have to wait until then. */
  | { readonly kind: 'limit'; readonly until: number }
  /** Something broke on the way: what only reads may be sent again; whether a change was made has to be looked up. */
  | { readonly kind: 'broken'; readonly until: number };

const second = 1000;
const minute = 60 * second;
/** Of waits that nobody named. */
const longestGuess = 5 * minute;

/**
 * Reads what the client of @actions/github throws (foreign data). GitHub, "Best practices for using the REST API": wait as long as
 * Retry-After says; else, when nothing remains, until the limit is reset; else at least a minute, and longer each time.
 *
 * @param now milliseconds since 1970
 * @param tries how often it was sent, from 1
 */
export function waitAdvice(error: unknown, now: number, tries: number): WaitAdvice {
  const status = field(error, 'status');
  if (typeof status !== 'number') return { kind: 'final' };
  const message = field(error, 'message');
  const headers = field(field(error, 'response'), 'headers');
  const named = retryAfter(field(headers, 'retry-after'), now);
  const isUsedUp = String(field(headers, 'x-ratelimit-remaining')) === '0';
  const saysLimit = typeof message === 'string' && /rate limit|abuse detection/i.test(message);
  if (status === 429 || (status === 403 && (named !== undefined || isUsedUp || saysLimit)))
    return { kind: 'limit', until: named ?? (isUsedUp ? resetOf(headers) : undefined) ?? now + growing(minute, tries) };
  // The client calls it 500 when no answer came. A certificate that is not trusted now is not trusted in a minute.
  if (status >= 500 && field(error, 'response') === undefined && /certificate/i.test(String(message))) return { kind: 'final' };
  if (status >= 500) return { kind: 'broken', until: named ?? now + growing(second, tries) };
  return { kind: 'final' };
}

const growing = (first: number, tries: number): number => Math.min(longestGuess, first * 2 ** (tries - 1));

/** Seconds or an HTTP date (RFC 9110, section 10.2.3); never at once, also when it says 0 or a time that is over. */
function retryAfter(value: unknown, now: number): number | undefined {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  const until = /^\d+$/.test(text) ? now + Number(text) * second : Date.parse(text);
  return Number.isNaN(until) ? undefined : Math.max(until, now + second);
}

/** The clocks of both sides differ a little. */
function resetOf(headers: unknown): number | undefined {
  const reset = Number(field(headers, 'x-ratelimit-reset') ?? Number.NaN);
  return Number.isFinite(reset) ? (reset + 1) * second : undefined;
}
