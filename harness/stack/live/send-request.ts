import { type Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { pathAndQueryOf } from '../routing.ts';

export interface Sending {
  /** Base URL of whoever shall answer. */
  readonly url: string;
  /** Host name that the caller knows it by. */
  readonly host: string;
  readonly agent: Agent;
  readonly signal?: AbortSignal;
}

/** Bound on one answer; the shop's largest pages are a hundredth of it. */
const MOST_BYTES = 16_000_000;

const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/** Sends a request over a real connection. Rejects with a `TypeError`, as fetch does, when no whole answer comes. */
export async function sendRequest(request: Request, to: Sending): Promise<Response> {
  const body = request.method === 'GET' || request.method === 'HEAD' ? null : await request.text();
  const headers: Record<string, string> = Object.fromEntries(request.headers);
  headers.host = to.host;
  const { hostname, port } = new URL(to.url);
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void => reject(new TypeError(`fetch failed: ${to.host}`, { cause }));
    const sent = httpRequest({
      hostname,
      port,
      path: pathAndQueryOf(request.url),
      method: request.method,
      headers,
      agent: to.agent,
      ...(to.signal === undefined ? {} : { signal: to.signal }),
    });
    sent.on('error', fail);
    sent.on('response', answer => readAnswer(answer).then(resolve, fail));
    sent.end(body ?? undefined);
  });
}

async function readAnswer(answer: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error(`the answer is longer than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  const status = answer.statusCode ?? 502;
  const headers = new Headers();
  for (const [name, values] of Object.entries(answer.headersDistinct)) {
    if (HOP_BY_HOP.has(name)) continue;
    for (const value of values ?? []) headers.append(name, value);
  }
  return new Response(WITHOUT_BODY.has(status) ? null : Buffer.concat(chunks), { status, headers });
}

/** Headers that concern one connection and not the answer. */
export const HOP_BY_HOP: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding']);
