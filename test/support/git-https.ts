import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { listening } from '@release-kit/action/loopback-server';
import { gitHttpBackend } from '@release-kit/git/git-http-backend';
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
  const byGit = gitHttpBackend({ folder, programs, authorization, user: 'x' });
  const server = createServer({ key: await readFile(key), cert: await readFile(certificate) }, (request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    requests.push(`${request.method} ${path}`);
    if (path.startsWith('/moved.git/'))
      response.writeHead(301, { location: (request.url ?? '').replace('/moved.git/', '/remote.git/') }).end();
    else byGit(request, response);
  });
  const served = await listening(server);
  return { url: `https://${served.host}`, certificate, requests, [Symbol.asyncDispose]: () => served[Symbol.asyncDispose]() };
}
