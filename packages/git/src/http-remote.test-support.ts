import { createServer } from 'node:http';
import type { RecordingHost } from '@release-kit/action';
import { listening } from '@release-kit/action/loopback-server';
import { gitHttpBackend } from './testing/git-http-backend.ts';

/** Serves a bare repository by git's own program for HTTP, to those who send this header `authorization`. */
export async function servedByHttp(
  host: RecordingHost,
  folder: string,
  authorization: string,
): Promise<AsyncDisposable & { readonly url: string }> {
  const programs = (await host.exec(['git', '--exec-path'])).stdout.trim();
  const served = await listening(createServer(gitHttpBackend({ folder, programs, authorization })));
  return { url: `http://${served.host}`, [Symbol.asyncDispose]: () => served[Symbol.asyncDispose]() };
}
