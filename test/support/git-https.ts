import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { runProcess } from '../../scripts/testing/process.ts';

export interface ServedRepositories extends AsyncDisposable {
  /** Address of the folder; `/x.git` below it is a repository, `/moved.git` leads to `/remote.git`. */
  readonly url: string;
  /** Path of the certificate that clients have to trust. */
  readonly certificate: string;
  /** Methods and paths in order. */
  readonly requests: readonly string[];
}

/** Serves bare repositories below a folder over TLS, by git's own program, to those who send this header `authorization`. */
export async function servedByHttps(folder: string, authorization: string): Promise<ServedRepositories> {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const made = await runProcess([
    ...(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'] as const),
    ...[...subject, '-keyout', key, '-out', certificate],
  ]);
  if (made.exitCode !== 0) throw new Error(`openssl makes no certificate: ${made.output}`);
  const programs = (await runProcess(['git', '--exec-path'])).output.trim();
  const requests: string[] = [];
  const server = createServer({ key: await readFile(key), cert: await readFile(certificate) }, (request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split('?');
    requests.push(`${request.method} ${path}`);
    if (path.startsWith('/moved.git/')) {
      response.writeHead(301, { location: (request.url ?? '').replace('/moved.git/', '/remote.git/') }).end();
      return;
    }
    if (request.headers.authorization !== authorization) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end();
      return;
    }
    const env = {
      ...{ PATH: process.env['PATH'], GIT_PROJECT_ROOT: folder, GIT_HTTP_EXPORT_ALL: '1', REMOTE_USER: 'x' },
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      ...{ PATH_INFO: path, QUERY_STRING: query, REQUEST_METHOD: request.method, CONTENT_TYPE: request.headers['content-type'] },
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
    };
    const program = spawn(join(programs, 'git-http-backend'), { env, stdio: ['pipe', 'pipe', 'ignore'] });
    program.stdin.on('error', () => {});
    request.pipe(program.stdin);
    const parts: Buffer[] = [];
    program.stdout.on('data', (part: Buffer) => parts.push(part));
    program.on('close', () => {
      const answer = Buffer.concat(parts);
      const end = answer.indexOf('\r\n\r\n');
      const headers = answer
        .toString('latin1', 0, end)
        .split('\r\n')
        .map((line) => line.split(': ', 2));
      const status = headers.find(([name]) => name === 'Status')?.[1];
      response.writeHead(Number(status?.slice(0, 3) ?? 200), Object.fromEntries(headers.filter(([name]) => name !== 'Status')));
      response.end(answer.subarray(end + 4));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    ...{ url: `https://127.0.0.1:${address.port}`, certificate, requests },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
