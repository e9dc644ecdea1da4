import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { pathOf, publishedService } from '../routing.ts';
import type { RoutedClient } from './routed-client.ts';
import type { Route } from './routing-table.ts';
import { HOP_BY_HOP } from './send-request.ts';

export interface ProxiedRequest {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** Told once of each answer that a shopper gets: its path and status. */
  readonly onAnswer: (path: string, status: number) => void;
}

/** Bound on what a shopper may send: a hundred times the shop's largest form. */
const MOST_BYTES = 1_000_000;

/**
 * Passes a shopper's request on to an instance of the published service, and its answer back, byte by byte. Answers 502
 * with the service's name when nothing takes traffic or the connection breaks before an answer.
 */
export function proxyRequest(client: RoutedClient, proxied: ProxiedRequest): void {
  const path = pathOf(`http://edge${proxied.incoming.url ?? '/'}`);
  const service = publishedService(path);
  const answer = (status: number): void => proxied.onAnswer(path, status);
  const refuse = (status: number, error: string): void => {
    answer(status);
    // What was not read is not wanted: the connection ends with this answer.
    proxied.outgoing
      .writeHead(status, { 'content-type': 'application/json', connection: 'close' })
      .end(JSON.stringify({ error, owner: service }));
  };
  const isTooLarge = Number(proxied.incoming.headers['content-length'] ?? 0) > MOST_BYTES;
  const route = client.choose(service);
  if (isTooLarge) refuse(413, 'too-large');
  else if (route === null) refuse(502, 'bad-gateway');
  else passOn(proxied, route, { agent: client.agent(service), answer, refuse });
}

interface Ways {
  readonly agent: ReturnType<RoutedClient['agent']>;
  answer(status: number): void;
  refuse(status: number, error: string): void;
}

function passOn({ incoming, outgoing }: ProxiedRequest, route: Route, ways: Ways): void {
  const { hostname, port } = new URL(route.url);
  const { url, method } = incoming;
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).filter(([name]) => !HOP_BY_HOP.has(name)),
  );
  const sent = httpRequest({ hostname, port, path: url, method, headers, agent: ways.agent });
  let isAnswered = false;
  let bytes = 0;
  const once = (act: () => void): void => {
    if (!isAnswered && !outgoing.destroyed) act();
    isAnswered = true;
  };
  sent.on('error', () => {
    if (isAnswered) outgoing.destroy();
    once(() => ways.refuse(502, 'bad-gateway'));
  });
  sent.on('response', response => {
    once(() => ways.answer(response.statusCode ?? 502));
    passBack(response, outgoing);
  });
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= MOST_BYTES) return;
    once(() => ways.refuse(413, 'too-large'));
    sent.destroy();
  });
  // For a shopper who goes away the edge does not wait any longer.
  outgoing.on('close', () => {
    if (!outgoing.writableFinished) sent.destroy();
  });
  incoming.pipe(sent);
}

function passBack(response: IncomingMessage, outgoing: ServerResponse): void {
  const headers = response.rawHeaders.flatMap((name, index, all) =>
    index % 2 === 0 && !HOP_BY_HOP.has(name.toLowerCase()) ? [name, all[index + 1] ?? ''] : [],
  );
  outgoing.writeHead(response.statusCode ?? 502, headers);
  response.on('error', () => outgoing.destroy());
  response.pipe(outgoing);
}
