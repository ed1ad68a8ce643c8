import { describe, expect, test } from '@jest/globals';
import { waitAdvice } from './wait-advice.ts';

const now = Date.UTC(2026, 0, 1);
const answer = (status: number, headers: Readonly<Record<string, string>> = {}, message = '') => ({
  status,
  message,
  response: { headers },
});
const secondary = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
const secondsOf = (error: unknown, tries = 1): number | string => {
  const advice = waitAdvice(error, now, tries);
  return advice.kind === 'limit' ? (advice.until - now) / 1000 : advice.kind;
};

describe('limits', () => {
  test.each([
    ['seconds', { 'retry-after': '30' }, 30],
    ['blanks around', { 'retry-after': ' 30 ' }, 30],
    ['an HTTP date', { 'retry-after': 'Thu, 01 Jan 2026 00:02:00 GMT' }, 120],
    ['0, which is no invitation to hammer', { 'retry-after': '0' }, 1],
    ['a date that is over', { 'retry-after': 'Thu, 01 Jan 2025 00:00:00 GMT' }, 1],
    ['two hours', { 'retry-after': '7200' }, 7200],
    ['nonsense, as if it were not there', { 'retry-after': 'soon' }, 60],
    ['nothing', {}, 60],
    ['a reset and nothing left: a second more', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 90) }, 91],
    ['Retry-After before the reset', { 'retry-after': '5', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9999999999' }, 5],
    ['a reset, but something left', { 'x-ratelimit-remaining': '10', 'x-ratelimit-reset': String(now / 1000 + 90) }, 60],
  ])('with %s', (_, headers, seconds) => {
    expect(secondsOf(answer(403, headers, secondary))).toBe(seconds);
    expect(secondsOf(answer(429, headers))).toBe(seconds);
  });

  test('without a word of when, longer each time, five minutes at most', () => {
    expect([1, 2, 3, 4, 9].map((tries) => secondsOf(answer(403, {}, secondary), tries))).toEqual([60, 120, 240, 300, 300]);
  });
});

test.each([
  ['a permission that is missing', answer(403, {}, 'Resource not accessible by integration'), 'final'],
  ['a token that is none', answer(401), 'final'],
  ['not found', answer(404), 'final'],
  ['not valid', answer(422), 'final'],
  ['a certificate that is not trusted', { status: 500, message: 'self-signed certificate in certificate chain' }, 'final'],
  ['a mistake of ours', new TypeError('x'), 'final'],
  ['no error at all', undefined, 'final'],
  ['an outage', answer(502), 'broken'],
  ['no answer, which the client calls 500', { status: 500, message: 'other side closed' }, 'broken'],
])('%s is %3$s', (_, error, kind) => {
  expect(waitAdvice(error, now, 1).kind).toBe(kind);
});

test('after an outage a second, then longer each time, unless it says how long', () => {
  const untils = [1, 2, 3].map((tries) => waitAdvice(answer(503), now, tries));
  expect(untils).toEqual([1000, 2000, 4000].map((wait) => ({ kind: 'broken', until: now + wait })));
  expect(waitAdvice(answer(503, { 'retry-after': '7' }), now, 1)).toEqual({ kind: 'broken', until: now + 7000 });
});
