import { createServer, type Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { type Fault, scriptOf } from '@release-kit/github-stand-in';
import { contentsOf } from '../support/draft-bench.ts';
import { draftBenchForEach } from '../support/draft-bench-for-each.ts';

const bench = draftBenchForEach(contentsOf(3));

/** Milliseconds that really pass. */
const limits = { timeout: 300, stall: 300 };

test.each([
  ['a name that nobody knows', 'http://github.invalid', /GitHub did not answer \(.*\) while listing/],
  ['a port that nobody listens on', 'http://127.0.0.1:1', /GitHub did not answer \(.*\) while listing/],
])('G25 %s is told with what to look at', async (_, apiUrl, told) => {
  const { ended, message, cure } = await bench.attempt({ apiUrl, limits });
  expect(ended).toBe('E_GITHUB');
  expect(message).toMatch(told);
  expect(cure).toMatch(/Run again: what was already done is kept.*HTTPS_PROXY/);
});

test('G25 a server that speaks no TLS is told', async () => {
  const apiUrl = bench.github.url.replace('http:', 'https:');
  expect(await bench.attempt({ apiUrl, limits })).toMatchObject({
    ended: 'E_GITHUB',
    message: expect.stringMatching(/GitHub did not answer/),
  });
});

/** A port that takes connections, and says nothing. */
async function silentServer() {
  const sockets = new Set<Socket>();
  let asked = 0;
  const server = createServer((socket) => {
    sockets.add(socket.once('data', () => (asked += 1)).on('error', () => undefined));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    asked: () => asked,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

test('G25 a server that takes the connection and says nothing is given up after a few tries', async () => {
  await using silent = await silentServer();
  const { ended, message } = await bench.attempt({ apiUrl: silent.url, limits: { ...limits, tries: 3 } });
  expect([ended, silent.asked()]).toEqual(['E_GITHUB', 3]);
  expect(message).toMatch(/no whole answer within 0\.3 s/);
});

test.each([
  ['an answer that comes a byte at a time', 'repos/list-releases', { drip: 20 }],
  ['an answer that does not come', 'git/list-matching-refs', { delay: 60_000 }],
  ['the answer of a creation', 'repos/create-release', { drip: 20 }],
  ['the answer to an upload', 'repos/upload-release-asset', { drip: 20 }],
  ['an upload that is not taken in', 'repos/upload-release-asset', { delay: 60_000 }],
] satisfies [string, string, Fault][])('G25 %s is not waited for, and the release gets through', async (_, operation, fault) => {
  const { github } = bench;
  github.script = scriptOf([{ operation, nth: 1, ...fault }]);
  expect(await bench.attempt({ limits })).toMatchObject({ ended: 'done', message: '' });
  expect(bench.ours()).toMatchObject([{ assets: [1, 2, 3].map(() => expect.stringMatching(/ uploaded /)) }]);
  expect(bench.touched()).toEqual([]);
});
