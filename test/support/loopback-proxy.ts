import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { listening } from '@release-kit/action/loopback-server';

export interface LoopbackProxy extends AsyncDisposable {
  /** For HTTP_PROXY. */
  readonly url: string;
  /** Hosts (`name:port`) that were asked for, in order. */
  readonly hosts: string[];
}

/** A forward proxy that leads every host to one port of this machine, by CONNECT and by whole addresses. */
export async function loopbackProxy(port: number): Promise<LoopbackProxy> {
  const hosts: string[] = [];
  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    const url = new URL(incoming.url ?? '/', 'http://unknown');
    hosts.push(url.host);
    const { method, headers } = incoming;
    const on = request({ host: '127.0.0.1', port, method, headers, path: `${url.pathname}${url.search}` }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    on.on('error', () => outgoing.destroy());
    incoming.pipe(on);
  });
  server.on('connect', (incoming, socket, head) => {
    hosts.push(incoming.url ?? '');
    const on = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      on.write(head);
      on.pipe(socket);
      socket.pipe(on);
    });
    // Whoever goes away first takes the other along.
    on.on('error', () => socket.destroy());
    socket.on('error', () => on.destroy());
    socket.on('close', () => on.destroy());
    on.on('close', () => socket.destroy());
  });
  const served = await listening(server);
  return { hosts, url: `http://${served.host}`, [Symbol.asyncDispose]: () => served[Symbol.asyncDispose]() };
}
