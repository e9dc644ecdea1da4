import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { evaluateRego } from './evaluate-rego.ts';
import { parseRego } from './parse-rego.ts';

/**
 * A server on a real socket that speaks OPA's Data API v1 about one Rego file, evaluated by the part of Rego that is
 * known here. It is not OPA: it stands in where the `opa` program cannot be had. A package is asked for a rule, or as a
 * whole for those of its rules that are no functions.
 */
export async function serveRego(text: string): Promise<{ url: string; close(): Promise<void> }> {
  const module = parseRego(text);
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += String(part);
    const answer = (status: number, value: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://opa');
    const path = decodeURIComponent(pathname).replace(/^\/v1\/data\//, '');
    const isGet = request.method === 'GET';
    let input: unknown;
    try {
      const given = searchParams.get('input');
      if (isGet) input = given === null ? undefined : JSON.parse(given);
      else ({ input } = JSON.parse(body === '' ? '{}' : body) as { input?: unknown });
    } catch (error) {
      return void answer(400, { code: 'invalid_parameter', message: String(error) });
    }
    try {
      const warning = { code: 'api_usage_warning', message: "'input' key missing from the request" };
      const result = resultAt(path.split('/').join('.'), input);
      answer(200, {
        ...(result === undefined ? {} : { result }),
        ...(input === undefined && !isGet ? { warning } : {}),
      });
    } catch (error) {
      answer(500, { code: 'internal_error', message: String(error) });
    }
  });
  const resultAt = (path: string, input: unknown): unknown => {
    if (!path.startsWith(`${module.name}.`)) return undefined;
    const rule = path.slice(module.name.length + 1);
    return module.rules.some(({ name }) => name === rule) ? evaluateRego(module, rule, input) : undefined;
  };
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
