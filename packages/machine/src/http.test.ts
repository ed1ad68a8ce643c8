import { createServer } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { httpInMachine, readAnswer } from './http.ts';

describe('readAnswer', () => {
  test('reads an answer, whatever its status', () => {
    expect(readAnswer('{"status":500,"body":"no"}', 'u')).toEqual({ status: 500, body: 'no' });
  });

  test.each([
    ['{"problem":"refused"}', /^u: no answer: refused$/],
    ['', /could not be read/],
    ['{"status":"200","body":""}', /could not be read/],
    ['7', /could not be read/],
  ])('fails for %s', (text, message) => {
    expect(() => readAnswer(text, 'u')).toThrowWithCode('E_MACHINE', message);
  });
});

const able = process.getuid?.() === 0 || process.env['CI'] !== undefined;
(able ? describe : describe.skip)('httpInMachine, in the network of this process', () => {
  test('gives status and body, cut where it is too long, and an end to what never ends', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/long') response.end('x'.repeat(100_000));
      else if (request.url !== '/never') {
        response.statusCode = 404;
        response.end(`no ${request.url}`);
      }
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    try {
      await using host = await recordingHost();
      const address = server.address();
      const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
      expect(await httpInMachine(host, process.pid, `${url}/a`, 5000)).toEqual({ status: 404, body: 'no /a' });
      expect((await httpInMachine(host, process.pid, `${url}/long`, 5000)).body).toHaveLength(65_536);
      await expect(httpInMachine(host, process.pid, `${url}/never`, 300)).rejects.toThrowWithCode('E_MACHINE', /nothing within 300 ms/);
      await expect(httpInMachine(host, process.pid, 'http://127.0.0.1:1/', 5000)).rejects.toThrowWithCode('E_MACHINE', /ECONNREFUSED/);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
