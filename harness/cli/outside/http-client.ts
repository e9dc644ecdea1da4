import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { messageOf } from '../../kernel/errors.ts';
import { type HttpAsk, type HttpReply, OutsideFailure, type TlsFiles } from '../../ports/outside.ts';
import { realDeadline } from '../real-deadline.ts';
import { faultOf } from './http-faults.ts';

export interface HttpClient {
  exchange(ask: HttpAsk): Promise<HttpReply>;
  close(): void;
}

/**
 * Connections are kept for the next question, but no longer than servers commonly keep them: a question must not be lost
 * on a connection that the other side has just closed, since nothing is sent twice.
 */
const AGENT_OPTIONS = { keepAlive: true, timeout: 2_000, maxSockets: 8, maxFreeSockets: 8 };
/** Different sets of TLS files in one profile. */
const MOST_AGENTS = 100;

/** A client that sends each question once, follows nothing and waits no longer than it was told. */
export function createHttpClient(readBytes: (path: string) => Promise<Uint8Array>): HttpClient {
  const plain = new HttpAgent(AGENT_OPTIONS);
  const secure = new Map<string, Promise<HttpsAgent>>();
  const secureAgent = (tls: TlsFiles | null): Promise<HttpsAgent> => {
    const key = JSON.stringify([tls?.ca, tls?.cert, tls?.key]);
    const known = secure.get(key);
    if (known !== undefined) return known;
    if (secure.size >= MOST_AGENTS)
      throw new OutsideFailure('bad-tls', `more than ${MOST_AGENTS} sets of TLS files`);
    const agent = createSecureAgent(tls, readBytes);
    secure.set(key, agent);
    return agent;
  };
  return {
    exchange: async ask => {
      const isSecure = new URL(ask.url).protocol === 'https:';
      const agent = isSecure ? await secureAgent(ask.tls) : plain;
      return exchange(ask, options =>
        isSecure ? httpsRequest(ask.url, { ...options, agent }) : httpRequest(ask.url, { ...options, agent }),
      );
    },
    close: () => {
      plain.destroy();
      for (const agent of secure.values()) {
        agent.then(
          made => made.destroy(),
          () => {},
        );
      }
    },
  };
}

async function createSecureAgent(
  tls: TlsFiles | null,
  readBytes: (path: string) => Promise<Uint8Array>,
): Promise<HttpsAgent> {
  const read = async (path: string | null | undefined) =>
    path === null || path === undefined ? undefined : Buffer.from(await readBytes(path));
  const [ca, cert, key] = await Promise.all([read(tls?.ca), read(tls?.cert), read(tls?.key)]);
  return new HttpsAgent({
    ...AGENT_OPTIONS,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  });
}

type Open = (options: { readonly method: string; readonly headers: Record<string, string> }) => ClientRequest;

function exchange(ask: HttpAsk, open: Open): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    let request: ClientRequest | null = null;
    const end = (settle: () => void) => {
      cancel();
      settle();
    };
    const fail = (failure: OutsideFailure) =>
      end(() => {
        reject(failure);
        request?.destroy();
      });
    // Of the whole exchange, so that a body that drips cannot stretch it.
    const cancel = realDeadline(ask.timeoutMs, () =>
      fail(new OutsideFailure('timeout', `it gave no whole answer within ${ask.timeoutMs} ms`)),
    );
    try {
      const length = ask.body === null ? {} : { 'content-length': String(Buffer.byteLength(ask.body)) };
      // Refused encodings: a compressed body would have to be inflated before it could be bounded.
      const headers = { 'accept-encoding': 'identity', ...ask.headers, ...length };
      request = open({ method: ask.method, headers });
      request.on('error', error => fail(faultOf(error, ask.url)));
      request.on('response', response => {
        readReply(response, ask).then(
          reply => end(() => resolve(reply)),
          (error: unknown) => fail(error instanceof OutsideFailure ? error : faultOf(error, ask.url)),
        );
      });
      request.end(ask.body ?? undefined);
    } catch (error) {
      fail(new OutsideFailure('unreachable', `it could not be asked: ${messageOf(error)}`));
    }
  });
}

async function readReply(response: IncomingMessage, ask: HttpAsk): Promise<HttpReply> {
  const status = response.statusCode ?? 0;
  if (status >= 300 && status < 400 && response.headers.location !== undefined) {
    throw new OutsideFailure(
      'redirected',
      `it redirects to ${response.headers.location} (status ${status}), which is not followed`,
    );
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > ask.maxBytes)
      throw new OutsideFailure('too-large', `its answer is longer than ${ask.maxBytes} bytes`);
    chunks.push(bytes);
  }
  const headers = Object.entries(response.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return { status, headers: Object.fromEntries(headers), body: Buffer.concat(chunks).toString('utf8') };
}
