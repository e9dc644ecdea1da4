import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, Worker } from 'node:worker_threads';

/** A service in a thread of its own, so that answering costs the client that is timed nothing. */
export interface AnsweringService {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the service on a free port of this machine. It says yes in the shape that the path asks for. */
export async function startAnsweringService(): Promise<AnsweringService> {
  const worker = new Worker(new URL(import.meta.url), { workerData: null });
  const [port] = (await once(worker, 'message')) as [number];
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      await worker.terminate();
    },
  };
}

/** Each path's answer to a question. */
const ANSWERS: Readonly<Record<string, (question: unknown) => unknown>> = {
  authzen: () => ({ decision: true }),
  v1: () => ({ result: true }),
  webhook: () => ({ allowed: true }),
  admission: question => {
    const { apiVersion, kind, request } = question as {
      apiVersion: string;
      kind: string;
      request: { uid: string };
    };
    return { apiVersion, kind, response: { uid: request.uid, allowed: true } };
  },
};

function serve(): void {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const kind = /^\/(\w+)/.exec(request.url ?? '')?.[1] ?? '';
      const answer = ANSWERS[kind]?.(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer ?? {}));
    });
  });
  server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port));
}

// The same file is what the thread runs.
if (parentPort !== null) serve();
