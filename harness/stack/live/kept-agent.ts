import { Agent } from 'node:http';

/** Unused connections are given up long before servers close them (`serve-http.ts`). */
const UNUSED_MS = 10_000;

/** Connections to one address: more than an instance takes requests, workers and queue together. */
const MOST_SOCKETS = 256;

/** Keeps connections open between requests, as the clients of real services do. */
export function keptAgent(): Agent {
  return new Agent({ keepAlive: true, timeout: UNUSED_MS, maxSockets: MOST_SOCKETS });
}
