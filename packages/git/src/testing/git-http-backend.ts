import { spawn } from 'node:child_process';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';

/** Whose repositories are served, and by which program. */
export interface GitServing {
  /** Bare repositories lie below it, or it is one itself. */
  readonly folder: string;
  /** What `git --exec-path` says. */
  readonly programs: string;
  /** The header that a client has to send. */
  readonly authorization: string;
  /** Somebody who may push; nobody otherwise. */
  readonly user?: string;
}

/** Answers by git's own program for HTTP, git-http-backend(1), those who send the right header. */
export function gitHttpBackend({ folder, programs, authorization, user }: GitServing): RequestListener {
  return (request, response) => {
    if (request.headers.authorization !== authorization) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end();
      return;
    }
    const [path = '', query = ''] = (request.url ?? '').split('?');
    const env = {
      ...{ PATH: process.env['PATH'], GIT_PROJECT_ROOT: folder, GIT_HTTP_EXPORT_ALL: '1', REMOTE_USER: user },
      ...{ PATH_INFO: path, QUERY_STRING: query, REQUEST_METHOD: request.method },
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      CONTENT_TYPE: request.headers['content-type'],
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
    };
    answerBy(join(programs, 'git-http-backend'), env, request, response);
  };
}

/** RFC 3875: the program's header fields, `Status` among them, an empty line, and the body. */
function answerBy(program: string, env: NodeJS.ProcessEnv, request: IncomingMessage, response: ServerResponse): void {
  const running = spawn(program, { env, stdio: ['pipe', 'pipe', 'ignore'] });
  // It may have answered before it read all.
  running.stdin.on('error', () => {});
  request.pipe(running.stdin);
  const parts: Buffer[] = [];
  running.stdout.on('data', (part: Buffer) => parts.push(part));
  running.on('close', () => {
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
}
