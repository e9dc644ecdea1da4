import { createServer, type RequestListener } from 'node:http';
import type { Clock } from '../../kernel/clock.ts';

/** Kept open much longer than callers keep unused connections, so that a caller never meets one that is just closing. */
const KEEP_ALIVE_MS = 120_000;

export interface HttpAddress {
  /** Interface to listen on: `127.0.0.1`, or `0.0.0.0` in a container. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
}

export interface HttpServer {
  readonly port: number;
  /** Accepts nothing more; what is in flight gets `graceMs` of real time, and is then broken off. Safe to call twice. */
  close(graceMs: number): Promise<void>;
}

/** Listens for HTTP requests. Rejects when the port cannot be had. */
export async function serveHttp(
  listener: RequestListener,
  { host, port }: HttpAddress,
  real: Clock,
): Promise<HttpServer> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  const ended = new Promise<void>(resolve => {
    server.once('close', resolve);
  });
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: async graceMs => {
      server.close();
      const breakOff = (): void => server.closeAllConnections();
      const cancel = graceMs > 0 ? real.at(real.nowMs() + graceMs, breakOff) : () => undefined;
      if (graceMs === 0) breakOff();
      await ended;
      cancel();
    },
  };
}
