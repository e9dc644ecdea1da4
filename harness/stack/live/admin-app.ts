import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { messageOf } from '../../kernel/errors.ts';
import type { EdgeControl, InstanceControl } from './controls.ts';

const table = z.strictObject({
  routes: z.record(z.string(), z.array(z.strictObject({ url: z.string(), weight: z.number().min(0) }))),
  cuts: z.array(z.string()),
});
const time = z.strictObject({ nowMs: z.number().min(0) });
const stop = z.strictObject({ graceMs: z.number().min(0) });

type Work = (body: unknown) => Promise<unknown>;

/**
 * Control of one instance or edge over HTTP, for where it runs in a process of its own: `POST /route`, `/time`, `/warm`,
 * `/drain` and `/stop` with JSON, behind a bearer token. Answers 401 without the token, 400 for a body that does not
 * fit, and 500 with `{ error }` when the work fails. The other end is `remote-control.ts`.
 */
export function adminApp(
  control: InstanceControl | EdgeControl,
  token: string,
): (request: Request) => Promise<Response> {
  const works = worksOf(control);
  return async request => {
    if (!isSame(request.headers.get('authorization') ?? '', `Bearer ${token}`)) return fail(401, 'no right');
    const work = works.get(new URL(request.url).pathname);
    if (work === undefined || request.method !== 'POST') return fail(404, 'no such order');
    try {
      return Response.json((await work(await request.json())) ?? {});
    } catch (error) {
      return fail(error instanceof z.ZodError || error instanceof SyntaxError ? 400 : 500, messageOf(error));
    }
  };
}

function worksOf(control: InstanceControl | EdgeControl): ReadonlyMap<string, Work> {
  const works = new Map<string, Work>([
    ['/route', body => control.route(table.parse(body))],
    ['/drain', () => control.drain()],
    ['/stop', body => control.stop(stop.parse(body).graceMs)],
  ]);
  if ('warm' in control) {
    works.set('/warm', () => control.warm());
    works.set('/time', body => control.setWorldTime(time.parse(body).nowMs));
  }
  return works;
}

/** Compared by digest, so that the time it takes tells nothing of either text. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

function fail(status: number, error: string): Response {
  return Response.json({ error }, { status });
}
