import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Clock } from '../../kernel/clock.ts';
import { type HttpAddress, type HttpServer, serveHttp } from './serve-http.ts';

/** Serves a fetch function over HTTP. When it rejects, the connection breaks: whoever asked got no answer. */
export function serveFetch(
  fetch: (request: Request) => Promise<Response>,
  address: HttpAddress,
  real: Clock,
): Promise<HttpServer> {
  const listener = getRequestListener(
    async (request, env) => {
      try {
        return await fetch(request);
      } catch {
        (env as HttpBindings).outgoing.destroy();
        return RESPONSE_ALREADY_SENT;
      }
    },
    // The platform's own Request and Response stay in place: this is one process among others' code.
    { overrideGlobalObjects: false },
  );
  return serveHttp((incoming, outgoing) => void listener(incoming, outgoing), address, real);
}
