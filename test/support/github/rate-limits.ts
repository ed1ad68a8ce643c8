import { type Answer, refusal } from './answer.ts';

/** Limits that are watched; undefined: not this one. All may be changed at any time. */
export interface Limits {
  /** Calls left until `resetAt` (milliseconds, by the clock of the stand-in), of `limit` in an hour. */
  primary?: { readonly limit: number; remaining: number; resetAt: number } | undefined;
  secondary?: SecondaryLimits | undefined;
}

export interface SecondaryLimits {
  /** Calls a minute that change something. */
  readonly changesPerMinute?: number;
  /** Points a minute: 1 for reading, 5 for changing. */
  readonly pointsPerMinute?: number;
  /** Requests at the same time. */
  readonly concurrent?: number;
  /** Seconds, or an HTTP date so many seconds ahead, or no header at all. */
  readonly retryAfter: { readonly seconds: number; readonly form: 'seconds' | 'date' } | 'none';
  readonly status?: 403 | 429;
}

/** As GitHub documents them; `retry-after` may be missing then, and clients have to wait a minute or more. */
export const documentedLimits: SecondaryLimits = {
  changesPerMinute: 80,
  pointsPerMinute: 900,
  concurrent: 100,
  retryAfter: { seconds: 60, form: 'seconds' },
};

export interface RateLimits {
  /** Counts a call; the answer in its place when a limit is reached. */
  refused(method: string, running: number): Answer | undefined;
  /** Headers of every answer. */
  headers(): Readonly<Record<string, string>>;
  /** How many calls came before a refusal said that they may. */
  readonly impatient: number;
  readonly status: { readonly limit: number; readonly remaining: number; readonly used: number; readonly reset: number };
}

const minute = 60_000;
const secondaryText =
  'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID.';

export function rateLimits(now: () => number, limits: Limits): RateLimits {
  let recent: { readonly at: number; readonly points: number }[] = [];
  let closedUntil = 0;
  let impatient = 0;
  let used = 0;
  const status = () => {
    const { limit, remaining, resetAt } = limits.primary ?? { limit: 5000, remaining: 5000 - used, resetAt: now() + 60 * minute };
    return { limit, remaining, used: limit - remaining, reset: Math.ceil(resetAt / 1000) };
  };
  return {
    get impatient() {
      return impatient;
    },
    get status() {
      return status();
    },
    refused(method, running) {
      const at = now();
      if (at < closedUntil) impatient += 1;
      used += 1;
      const points = method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? 1 : 5;
      recent = [...recent.filter((call) => call.at > at - minute), { at, points }];
      return usedUp(at) ?? tooFast(at, points, running);
    },
    headers() {
      const { limit, remaining, used: spent, reset } = status();
      return {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(remaining),
        'x-ratelimit-used': String(spent),
        'x-ratelimit-reset': String(reset),
        'x-ratelimit-resource': 'core',
      };
    },
  };

  function usedUp(at: number): Answer | undefined {
    const { primary } = limits;
    if (primary === undefined) return undefined;
    if (at >= primary.resetAt) Object.assign(primary, { remaining: primary.limit, resetAt: at + 60 * minute });
    if (primary.remaining === 0) {
      closedUntil = primary.resetAt;
      return refusal(403, 'API rate limit exceeded for installation.');
    }
    primary.remaining -= 1;
    return undefined;
  }

  function tooFast(at: number, own: number, running: number): Answer | undefined {
    const { secondary } = limits;
    if (secondary === undefined) return undefined;
    const { changesPerMinute = Infinity, pointsPerMinute = Infinity, concurrent = Infinity, retryAfter, status = 403 } = secondary;
    const points = recent.reduce((sum, call) => sum + call.points, 0);
    const changes = own === 1 ? 0 : recent.filter((call) => call.points > 1).length;
    if (changes <= changesPerMinute && points <= pointsPerMinute && running <= concurrent) return undefined;
    closedUntil = at + (retryAfter === 'none' ? minute : retryAfter.seconds * 1000);
    return refusal(status, secondaryText, retryAfter === 'none' ? {} : { 'retry-after': shown(retryAfter, at) });
  }
}

const shown = ({ seconds, form }: { readonly seconds: number; readonly form: 'seconds' | 'date' }, at: number): string =>
  form === 'seconds' ? String(seconds) : new Date(at + seconds * 1000).toUTCString();
