import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { countsOf, writesOf } from './call.ts';
import { type PlainClient, plainClient } from './client.test-support.ts';
import { type FaultScript, faultScript, knownFaults, knownUploadFaults, scriptOf } from './fault-script.ts';
import { type FakeGitHub, startFakeGitHub } from './server.ts';

let github: FakeGitHub;
let client: PlainClient;

beforeEach(async () => {
  github = await startFakeGitHub();
  client = plainClient(github);
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
  expect(github.violations).toEqual([]);
});

const create = () => client.call('POST', '/releases', { tag_name: 'v1', draft: true });
const upload = 'repos/upload-release-asset';

describe('a script written out', () => {
  test('meets the request that it names, once', async () => {
    github.script = scriptOf([{ operation: 'repos/create-release', nth: 2, answer: { status: 500, body: { message: 'down' } } }]);
    const statuses = [(await create()).status, (await create()).status, (await create()).status];
    expect(statuses).toEqual([201, 500, 201]);
    expect(github.releases).toHaveLength(2);
  });

  test('of several lines the first that fits counts, by method too', async () => {
    github.script = scriptOf([
      { method: 'GET', answer: { status: 503 } },
      { answer: { status: 418, body: 'tea', headers: { 'content-type': 'text/plain' } } },
    ]);
    expect((await client.call('GET', '/releases')).status).toBe(503);
    expect(await create()).toMatchObject({ status: 418, text: 'tea' });
  });
});

describe('connections that break', () => {
  test.each([
    ['before', 0],
    ['half', 0],
    ['after', 1],
    ['half-answer', 1],
  ] as const)('%s: %d drafts are there', async (reset, drafts) => {
    github.script = scriptOf([{ method: 'POST', reset }]);
    await expect(create()).rejects.toThrow();
    expect(github.releases).toHaveLength(drafts);
    expect(github.calls[0]?.answered).toBe('reset');
  });

  test.each([
    ['before', []],
    ['half', [{ name: 'a', state: 'starter' }]],
    ['after', [{ name: 'a', state: 'uploaded' }]],
  ] as const)('%s in an upload leaves %j', async (reset, left) => {
    const { id, assets } = github.addRelease({ tag: 'v1' });
    github.script = scriptOf([{ operation: upload, reset }]);
    await expect(client.upload(id, 'a', 'x'.repeat(100_000))).rejects.toThrow();
    expect(assets).toMatchObject(left);
  });
});

test('an answer in place of the true one keeps the request from happening, unless the script says that it happened', async () => {
  const answer = { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>' };
  github.script = scriptOf([
    { nth: 1, answer },
    { nth: 1, answer, effect: true },
  ]);
  expect(await create()).toMatchObject({ status: 502, text: '<html>' });
  expect(github.releases).toHaveLength(0);
  github.script = scriptOf([{ answer, effect: true }]);
  await create();
  expect(github.releases).toHaveLength(1);
});

test('an answer may come byte by byte, and late', async () => {
  github.script = scriptOf([{ drip: 1, delay: 30 }]);
  expect(await client.list('/releases')).toEqual([]);
});

describe('a script from a seed', () => {
  const operations = Array.from({ length: 300 }, (_, index) => ({ method: 'GET', operation: ['a', 'b', 'c'][index % 3] ?? 'a' }));
  const chosen = (script: FaultScript, order = operations) => order.map((call) => script(call));

  test('is the same each time, and another for another seed', () => {
    expect(chosen(faultScript(1))).toEqual(chosen(faultScript(1)));
    expect(chosen(faultScript(1))).not.toEqual(chosen(faultScript(2)));
  });

  test('gives the nth request of an operation the same fault, whatever else goes on', () => {
    const many = { most: Infinity };
    const together = chosen(faultScript(7, many)).filter((_, index) => index % 3 === 1);
    const alone = chosen(
      faultScript(7, many),
      operations.filter(({ operation }) => operation === 'b'),
    );
    expect(alone).toEqual(together);
    expect(alone.some((fault) => fault !== undefined)).toBe(true);
  });

  test('ends after so many faults, and uses every fault that is known', () => {
    expect(chosen(faultScript(3, { percent: 100, most: 5 })).filter((fault) => fault !== undefined)).toHaveLength(5);
    const all = { percent: 100, most: 300 };
    expect(new Set(chosen(faultScript(3, all)))).toEqual(new Set(Object.values(knownFaults)));
    const uploads = operations.map(({ method }) => ({ method, operation: upload }));
    const known = [...Object.values(knownFaults), ...Object.values(knownUploadFaults)];
    expect(new Set(chosen(faultScript(3, all), uploads))).toEqual(new Set(known));
  });

  test('drives the server: the calls that answered well had an effect', async () => {
    for (let seed = 0; seed < 5; seed += 1) {
      github.script = faultScript(seed, { percent: 60, most: 4 });
      const before = github.releases.length;
      let good = 0;
      for (let index = 0; index < 8; index += 1) good += (await create().catch(() => undefined))?.status === 201 ? 1 : 0;
      expect(github.releases.length - before).toBeGreaterThanOrEqual(good);
      expect(good).toBeGreaterThanOrEqual(4);
    }
  });
});

test('calls are counted by operation, those that write apart, and how many there were at a time', async () => {
  github.latency = 200;
  const { id } = github.addRelease({ tag: 'v1' });
  await Promise.all(['a', 'b', 'c'].map((name) => client.upload(id, name, name)));
  expect(countsOf(github.calls)).toEqual({ 'repos/get-release': 3, [upload]: 3 });
  expect(writesOf(github.calls).map(({ operation, answered }) => [operation, answered])).toEqual(Array(3).fill([upload, 201]));
  expect(github.most.uploads).toBeGreaterThan(1);
});
