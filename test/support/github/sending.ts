import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from './answer.ts';
import type { Fault } from './fault-script.ts';

/** Sends an answer, as badly as the fault wants it. */
export async function send(
  response: ServerResponse,
  { status, body, headers }: Answer,
  { reset, drip = 0 }: Pick<Fault, 'reset' | 'drip'> = {},
): Promise<void> {
  const bytes = Buffer.from(typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body));
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    ...(status === 204 || status === 304 ? {} : { 'content-length': bytes.length }),
    ...headers,
  });
  if (reset === 'half-answer') {
    // Headers and half of the body are on their way before the connection breaks.
    await new Promise<void>((done) => response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => done()));
    response.destroy();
    return;
  }
  if (drip > 0) {
    for (const byte of bytes) {
      if (response.destroyed) return;
      response.write(Buffer.of(byte));
      await sleep(drip);
    }
  }
  response.end(drip > 0 ? undefined : bytes);
}
