import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import { HarnessError, messageOf } from '../kernel/errors.ts';
import type { Health } from './schedule-health.ts';
import type { ListenAddress } from './schedule-options.ts';

export interface ScheduleServer {
  /** `127.0.0.1:9464`; with port 0 asked for, the one that was given. */
  readonly address: string;
  close(): Promise<void>;
}

export interface Served {
  readonly health: () => Health;
  readonly registry: Registry;
}

/** Serves `/healthz` (200, or 503 when it is stuck) and `/metrics`, both read-only, to whoever reaches the address. */
export async function serveSchedule({ host, port }: ListenAddress, served: Served): Promise<ScheduleServer> {
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 5_000 }, (request, response) => {
    answer(request, response, served).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, TEXT);
      response.end(`${messageOf(error)}\n`);
    });
  });
  server.maxConnections = 32;
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(inUse(host, port, error)));
    server.listen(port, host, resolve);
  });
  const bound = server.address() as AddressInfo;
  return {
    address: `${host.includes(':') ? `[${host}]` : host}:${bound.port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const TEXT = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { health, registry }: Served,
): Promise<void> {
  const [path] = (request.url ?? '').split('?');
  if (path !== '/healthz' && path !== '/metrics') {
    response.writeHead(404, TEXT).end('There are /healthz and /metrics.\n');
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { ...TEXT, allow: 'GET, HEAD' }).end('Only GET and HEAD.\n');
    return;
  }
  if (path === '/metrics') {
    const text = await registry.metrics();
    response.writeHead(200, { ...TEXT, 'content-type': registry.contentType }).end(text);
    return;
  }
  const found = health();
  const type = { ...TEXT, 'content-type': 'application/json', 'cache-control': 'no-store' };
  response.writeHead(found.status === 'stuck' ? 503 : 200, type).end(`${JSON.stringify(found, null, 2)}\n`);
}

function inUse(host: string, port: number, error: unknown): HarnessError {
  return new HarnessError('environment', {
    message: `could not listen on ${host}:${port}: ${messageOf(error)}`,
    hint: 'Choose another address with --listen, or none with --no-listen.',
    cause: error,
  });
}
