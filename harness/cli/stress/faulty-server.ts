import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StressFault } from '../../guardrails/stress/stress-fault.ts';
import type { HttpAsk, HttpReply, Outside } from '../../ports/outside.ts';

export interface FaultyServer {
  /** The address at which this question is asked, in the service's place. */
  place(ask: HttpAsk): string;
  close(): Promise<void>;
}

/** Asks the service itself. */
type Forward = () => Promise<HttpReply>;
type Behave = (response: ServerResponse, forward: Forward, timeoutMs: number) => void | Promise<void>;

/** A real server on a free port of this machine that stands before a service and fails in this way. */
export async function startFaultyServer(fault: StressFault, real: Outside): Promise<FaultyServer> {
  const questions = new Map<string, HttpAsk>();
  const behave = behaviourOf(fault);
  const server = createServer((request, response) => {
    const ask = questions.get(request.url ?? '');
    questions.delete(request.url ?? '');
    request.resume();
    request.on('end', () => {
      if (ask === undefined) return void response.destroy();
      // What the service cannot answer is a connection that breaks off.
      Promise.resolve(behave(response, () => real.http(ask), ask.timeoutMs)).catch(() => response.destroy());
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  // Down is a port at which nobody listens any more.
  if (fault === 'down') await close();
  let asked = 0;
  return {
    place: ask => {
      asked += 1;
      const path = `/${asked}`;
      if (fault !== 'down') questions.set(path, ask);
      return `http://127.0.0.1:${port}${path}`;
    },
    close,
  };
}

const PAGE = '<!doctype html><html><head><title>Sign in</title></head><body>\u0000\ufffd</body></html>';

function behaviourOf(fault: StressFault): Behave {
  let asked = 0;
  let before: HttpReply | null = null;
  switch (fault) {
    case 'down':
    case 'hanging':
      return () => {};
    case '500':
      return response => void response.writeHead(500).end();
    case 'garbage':
      return response => void response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
    case 'undefined':
      return response => void response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    case 'slow':
      return async (response, forward, timeoutMs) => answerLate(response, await forward(), timeoutMs);
    case 'stale':
      return async (response, forward) => {
        const own = await forward();
        send(response, before ?? own);
        before = own;
      };
    case 'flapping':
      return async (response, forward) => {
        asked += 1;
        if (asked % 2 === 1) response.destroy();
        else send(response, await forward());
      };
  }
}

/** The head comes at once and the body after the limit: an answer that must not be waited for. */
function answerLate(response: ServerResponse, reply: HttpReply, timeoutMs: number): void {
  const late = setTimeout(() => send(response, reply), timeoutMs * 2);
  response.on('close', () => clearTimeout(late));
  if (reply.body !== '') response.writeHead(reply.status, typeOf(reply)).flushHeaders();
}

function send(response: ServerResponse, reply: HttpReply): void {
  if (!response.headersSent) response.writeHead(reply.status, typeOf(reply));
  response.end(reply.body);
}

function typeOf({ headers }: HttpReply) {
  return { 'content-type': headers['content-type'] ?? 'application/json' };
}
