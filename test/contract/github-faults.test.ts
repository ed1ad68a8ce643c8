import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Fault, knownFaults, scriptOf } from '@release-kit/github-stand-in';
import { assetWith, contentsOf, draftBench } from '../support/draft-bench.ts';
import { draftBenchForEach } from '../support/draft-bench-for-each.ts';

const contents = contentsOf(4);
const bench = draftBenchForEach(contents);
let whole: readonly object[];

beforeAll(async () => {
  await using other = await draftBench(contents);
  await other.attempt();
  whole = other.ours();
});
/** Every request that a release may need: of a new draft, and of one that an earlier run left with other notes, half and different assets. */
const operations = [
  'repos/list-releases',
  'git/list-matching-refs',
  'repos/create-release',
  'repos/update-release',
  'repos/list-release-assets',
  'repos/delete-release-asset',
  'repos/upload-release-asset',
  'repos/get-release',
] as const;

async function leftBehind(operation: string): Promise<void> {
  if (operation === 'repos/create-release') return;
  const { github, plan } = bench;
  await bench.attempt({ plan: { ...plan, notes: 'Earlier notes' } });
  const [first = '', second = ''] = Object.keys(contents);
  const left = [assetWith(github, first, '', 'starter'), assetWith(github, second, 'of an earlier build')];
  github.releases.at(-1)?.assets.splice(0, 3, ...left);
  github.calls.length = 0;
}

const limited = (status: number, headers: Readonly<Record<string, string>> = {}): Fault => ({
  answer: {
    status,
    headers,
    body: { message: 'You have exceeded a secondary rate limit.', documentation_url: 'https://docs.github.com/rest' },
  },
});
const failing = (status: number): Fault => ({ answer: { status, body: { message: 'down' } } });
const known = (name: string): Fault => {
  const fault = knownFaults[name];
  if (fault === undefined) throw new Error(`no fault ${name}`);
  return fault;
};

/**
 * What goes wrong, at the first requests of an operation; how long has to be waited at least, in seconds (of two requests at a time both may be
 * refused for the first time).
 */
const faults: readonly (readonly [name: string, faults: readonly Fault[], waits: number])[] = [
  ['G1 a secondary limit, Retry-After 30', [limited(403, { 'retry-after': '30' })], 30],
  ['G2 a secondary limit without that header, two times', [limited(403), limited(403)], 60 + 60],
  ['G4 429, Retry-After 0', [limited(429, { 'retry-after': '0' })], 1],
  ['G5 500, then 502, 503 and 504', [500, 502, 503, 504].map(failing), 1],
  ['G5 502, five times', [1, 2, 3, 4, 5].map(() => failing(502)), 1],
  ['G6 a page with 502', [known('bad gateway')], 1],
  ['G6 a page with 502, done all the same', [known('bad gateway, done all the same')], 1],
  ['G6 a page with 200', [known('a page with 200')], 1],
  ['G6 a page with 200, done all the same', [known('a page with 200, done all the same')], 1],
  ['G7 JSON that is cut off', [known('cut JSON, done all the same')], 1],
  ['G8 204 and no content', [known('no content, done all the same')], 0],
  ['G9 the connection breaks before', [known('reset before')], 1],
  ['G9 the connection breaks half-way', [known('reset half-way')], 1],
  ['G10 the connection breaks after it was done', [known('reset after')], 1],
  ['G10 the connection breaks in the answer', [known('reset in the answer')], 1],
];

describe.each(operations)('at %s', (operation) => {
  test.each(faults)('%s: the release gets through, and nothing is done twice', async (_, lines, waits) => {
    await leftBehind(operation);
    const { github, clock } = bench;
    github.script = scriptOf(lines.map((fault, index) => ({ operation, nth: index + 1, ...fault })));
    const begun = clock.now();
    let attempt = await bench.attempt();
    // One run tries a change a few times only; the next one finds what it left.
    if (lines.length > 3 && attempt.ended === 'E_GITHUB') attempt = await bench.attempt();
    expect(attempt).toMatchObject({ ended: 'done', message: '' });
    expect((clock.now() - begun) / 1000).toBeGreaterThanOrEqual(waits);
    expect(bench.ours()).toEqual(whole);
    expect(bench.touched()).toEqual([]);
  });
});

describe.each(operations)('at %s', (operation) => {
  test('G3 the hour is used up: until its reset and a second, or E_RATE with the time to run again', async () => {
    await leftBehind(operation);
    const { github, clock } = bench;
    const reset = Math.floor(clock.now() / 1000) + 90;
    const used = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) };
    github.script = scriptOf([{ operation, nth: 1, ...limited(403, used) }]);
    expect(await bench.attempt()).toMatchObject({ ended: 'done' });
    expect(clock.now()).toBeGreaterThanOrEqual((reset + 1) * 1000);
    expect(bench.ours()).toEqual(whole);
  });

  test('G4 a wait of two hours: E_RATE, nothing is sent after it, and a later run completes the draft', async () => {
    await leftBehind(operation);
    const { github } = bench;
    github.script = scriptOf([{ operation, nth: 1, ...limited(429, { 'retry-after': '7200' }) }]);
    expect(await bench.attempt()).toMatchObject({
      ended: 'E_RATE',
      cure: expect.stringMatching(/^Run again after .* UTC: what was already done is kept/),
    });
    // Another one may have been on its way.
    expect(github.calls.slice(github.calls.findIndex(({ answered }) => answered === 429) + 1).length).toBeLessThanOrEqual(1);
    expect(await bench.attempt()).toMatchObject({ ended: 'done' });
    expect([bench.ours(), bench.touched()]).toEqual([whole, []]);
  });

  test.each([
    ['G18 a token that has ended: E_TOKEN', 401, 'Bad credentials', /does not accept the token/],
    [
      'G19 a token that may not: E_TOKEN with what is missing',
      403,
      'Resource not accessible by integration',
      /lacks the permission contents: write/,
    ],
  ])('%s, and it is not tried again', async (_, status, message, told) => {
    await leftBehind(operation);
    const { github } = bench;
    github.script = scriptOf([{ operation, answer: { status, body: { message } } }]);
    expect(await bench.attempt()).toMatchObject({ ended: 'E_TOKEN', message: expect.stringMatching(told) });
    // Two uploads run at a time.
    expect(github.calls.filter((call) => call.operation === operation).length).toBeLessThanOrEqual(2);
    github.script = () => undefined;
    expect(await bench.attempt()).toMatchObject({ ended: 'done' });
    expect([bench.ours(), bench.touched()]).toEqual([whole, []]);
  });
});
