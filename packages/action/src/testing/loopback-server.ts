import type { Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';

export interface LoopbackServer extends AsyncDisposable {
  /** Of the interface, such as `127.0.0.1:4321`. */
  readonly host: string;
  readonly port: number;
}

/** Lets a server listen on a free port of the loopback interface, until it is disposed: connections that are still open end then. */
export async function listening(server: Server | SecureServer): Promise<LoopbackServer> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    host: `127.0.0.1:${address.port}`,
    port: address.port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
