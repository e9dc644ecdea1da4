import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as a service got it. */
interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface ServiceForTest {
  readonly url: string;
  readonly received: readonly Received[];
  /** How many connections were made. */
  readonly connections: () => number;
  /** Ends it and every connection. */
  readonly stop: () => Promise<void>;
}

type Handler = (response: ServerResponse, request: Received) => void;

interface Tls {
  readonly key: Buffer;
  readonly cert: Buffer;
  readonly ca?: Buffer;
  readonly requestCert?: boolean;
  readonly rejectUnauthorized?: boolean;
}

/** A real small HTTP server on a free port of this machine, gone when the test ends. */
export async function aService(handle: Handler, tls?: Tls): Promise<ServiceForTest> {
  const received: Received[] = [];
  let connections = 0;
  const server = tls === undefined ? createServer() : createSecureServer(tls);
  server.on(tls === undefined ? 'connection' : 'secureConnection', () => {
    connections += 1;
  });
  server.on('request', (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const seen = { method, url, headers, text: Buffer.concat(chunks).toString('utf8') };
      received.push(seen);
      handle(response, seen);
    });
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const stop = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(stop);
  const { port } = server.address() as AddressInfo;
  const scheme = tls === undefined ? 'http' : 'https';
  return { url: `${scheme}://127.0.0.1:${port}`, received, connections: () => connections, stop };
}

/** Answers every request with this status and body; objects as JSON. */
export function always(status: number, body: unknown): Handler {
  return response => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}
