import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Host, recordingHost } from '@release-kit/action';
import { listening } from '@release-kit/action/loopback-server';
import { httpInMachine, readAnswer } from './http.ts';
import type { HttpAnswer, HttpTrust } from './http-answer.ts';

describe('readAnswer', () => {
  test('reads an answer, whatever its status', () => {
    expect(readAnswer('{"status":500,"headers":[["a","b, c"]],"body":"no"}', 'u')).toEqual({
      ...{ status: 500, body: 'no', headers: new Map([['a', 'b, c']]) },
    });
  });

  test.each([
    ['{"problem":"refused"}', /^u: no answer: refused$/],
    ['', /could not be read/],
    ['{"status":"200","headers":[],"body":""}', /could not be read/],
    ['{"status":200,"headers":[["a"]],"body":""}', /could not be read/],
    ['{"status":200,"headers":[],"body":"","certificate":7}', /could not be read/],
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
        response.setHeader('Set-Cookie', ['a=1', 'b=2']);
        response.end(`no ${request.url}`);
      }
    });
    await using served = await listening(server);
    await using host = await recordingHost();
    const url = `http://${served.host}`;
    const answer = await httpInMachine(host, process.pid, `${url}/a`, 5000);
    expect([answer.status, answer.body, answer.headers.get('set-cookie'), answer.certificate]).toEqual([
      404,
      'no /a',
      'a=1, b=2',
      undefined,
    ]);
    expect((await httpInMachine(host, process.pid, `${url}/long`, 5000)).body).toHaveLength(65_536);
    await expect(httpInMachine(host, process.pid, `${url}/never`, 300)).rejects.toThrowWithCode('E_MACHINE', /nothing within 300 ms/);
    await expect(httpInMachine(host, process.pid, 'http://127.0.0.1:1/', 5000)).rejects.toThrowWithCode('E_MACHINE', /ECONNREFUSED/);
  });

  test('tells whether the certificate is right, by the name and the authorities asked for, beside the answer', async () => {
    await using host = await recordingHost();
    const { key, certificate } = await selfSigned(host, 'localhost');
    const server = createSecureServer({ key, cert: certificate }, (_, response) => {
      response.end('secure');
    });
    await using served = await listening(server);
    const url = `https://${served.host}/`;
    const ask = async (trust?: HttpTrust): Promise<HttpAnswer> => await httpInMachine(host, process.pid, url, 5000, trust);
    expect(await ask()).toMatchObject({
      ...{ status: 200, body: 'secure' },
      certificate: { problem: 'DEPTH_ZERO_SELF_SIGNED_CERT', subject: 'localhost', issuer: 'localhost', names: 'DNS:localhost' },
    });
    expect((await ask({ certificates: certificate })).certificate?.problem).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    const right = await ask({ certificates: certificate, name: 'localhost' });
    expect([right.certificate?.subject, right.certificate?.problem]).toEqual(['localhost', undefined]);
  });
});

async function selfSigned(host: Host, name: string): Promise<{ key: string; certificate: string }> {
  await using folder = await host.files.temporary('key');
  const [key, certificate] = [join(folder.path, 'key.pem'), join(folder.path, 'certificate.pem')];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const whose = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
  await host.exec(['openssl', 'req', '-x509', ...kind, ...whose, '-keyout', key, '-out', certificate]);
  return { key: await readFile(key, 'utf8'), certificate: await readFile(certificate, 'utf8') };
}
