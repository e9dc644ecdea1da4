import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * The harness's way into a region's networks, of which nothing is published: `CONNECT host:port` with the token opens a
 * tunnel (RFC 9110, section 9.3.6). Everything else is refused: 407 without the token, 502 when nothing listens there.
 */
export async function serveGate(port: number, token: string): Promise<void> {
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connect', (request, caller, head) => {
    const given = request.headers['proxy-authorization'] ?? '';
    if (!isSame(String(given), `Bearer ${token}`)) refuse(caller, '407 Proxy Authentication Required');
    else openTunnel(request.url ?? '', caller, head);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '0.0.0.0', resolve);
  });
}

function openTunnel(target: string, caller: Duplex, head: Buffer): void {
  const colon = target.lastIndexOf(':');
  const callee = connect(Number(target.slice(colon + 1)), target.slice(0, colon));
  callee.setNoDelay(true);
  const onRefused = (): void => refuse(caller, '502 Bad Gateway');
  callee.once('error', onRefused);
  callee.once('connect', () => {
    callee.off('error', onRefused);
    caller.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) callee.write(head);
    callee.pipe(caller);
    caller.pipe(callee);
    // When one side goes, the other must not wait for it.
    callee.on('error', () => caller.destroy());
    callee.on('close', () => caller.destroy());
  });
  caller.on('error', () => callee.destroy());
  caller.on('close', () => callee.destroy());
}

function refuse(caller: Duplex, status: string): void {
  caller.on('error', () => undefined);
  caller.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
}

/** Compared by digest, so that the time it takes tells nothing of either text. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
