import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answered, plainClient } from './client.test-support.ts';
import { documentedLimits } from './rate-limits.ts';
import { type FakeGitHub, startFakeGitHub } from './server.ts';

let github: FakeGitHub;
let clock = Date.UTC(2026, 0, 1);

beforeEach(async () => {
  github = await startFakeGitHub({ now: () => clock });
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
  expect(github.violations).toEqual([]);
});

const read = (): Promise<Answered> => plainClient(github).call('GET', '/releases');
const write = (): Promise<Answered> => plainClient(github).call('POST', '/releases', { tag_name: 'v1', draft: true });

test('every answer tells what is left', async () => {
  github.limits.primary = { limit: 1000, remaining: 7, resetAt: clock + 90_000 };
  const { headers } = await read();
  expect([headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining'), headers.get('x-ratelimit-used')]).toEqual([
    '1000',
    '6',
    '994',
  ]);
  expect(headers.get('x-ratelimit-reset')).toBe(String((clock + 90_000) / 1000));
});

test('what is used up is 403 without Retry-After until it is reset; asking how much is left costs nothing', async () => {
  github.limits.primary = { limit: 1000, remaining: 1, resetAt: clock + 90_000 };
  expect((await read()).status).toBe(200);
  const refused = await write();
  expect([refused.status, refused.headers.get('x-ratelimit-remaining'), refused.headers.get('retry-after')]).toEqual([403, '0', null]);
  expect(github.releases).toEqual([]);
  const asked = await plainClient(github).call('GET', `${github.url}/rate_limit`);
  expect(asked.body).toMatchObject({ rate: { limit: 1000, remaining: 0, used: 1000 } });
  clock += 90_000;
  expect((await write()).status).toBe(201);
});

describe('the secondary limits', () => {
  test('refuse more than 80 changes a minute, and count no reading as one', async () => {
    github.limits.secondary = { ...documentedLimits, pointsPerMinute: Infinity };
    const statuses = [];
    for (let index = 0; index < 81; index += 1) statuses.push((await write()).status);
    expect([statuses.filter((status) => status === 201).length, statuses.at(-1)]).toEqual([80, 403]);
    expect(github.releases).toHaveLength(80);
    clock += 60_001;
    expect((await write()).status).toBe(201);
  });

  test('count five points for a change and one for reading', async () => {
    github.limits.secondary = { pointsPerMinute: 11, retryAfter: 'none' };
    expect([(await write()).status, (await write()).status, (await read()).status, (await read()).status]).toEqual([201, 201, 200, 403]);
  });

  test('refuse too many at the same time', async () => {
    github.limits.secondary = { concurrent: 2, retryAfter: 'none', status: 429 };
    github.latency = 200;
    const statuses = await Promise.all([read(), read(), read()].map(async (answer) => (await answer).status));
    expect(statuses).toContain(429);
  });

  test.each([
    [{ seconds: 30, form: 'seconds' } as const, '30'],
    [{ seconds: 30, form: 'date' } as const, 'Thu, 01 Jan 2026 00:00:30 GMT'],
    ['none' as const, null],
  ])('with Retry-After as %j', async (retryAfter, shown) => {
    clock = Date.UTC(2026, 0, 1);
    github.limits.secondary = { changesPerMinute: 0, retryAfter };
    const { status, headers, body } = await write();
    expect([status, headers.get('retry-after')]).toEqual([403, shown]);
    expect(body['message']).toMatch(/secondary rate limit/);
  });

  test('whoever comes back too early is counted', async () => {
    github.limits.secondary = { changesPerMinute: 0, retryAfter: { seconds: 30, form: 'seconds' } };
    await write();
    clock += 29_000;
    await read();
    expect(github.impatient).toBe(1);
    clock += 1000;
    await read();
    expect(github.impatient).toBe(1);
  });
});
