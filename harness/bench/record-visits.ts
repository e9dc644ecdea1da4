import type { Stage } from '../run/stage.ts';

/** A shopper's request as it was sent, and the ids that its answer brought. */
export interface Visit {
  readonly atMs: number;
  readonly region: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Filled when the answer is there. */
  ids: readonly string[];
  status: number;
}

/** The ids that shoppers carry from one page to the next. */
export const CARRIED_ID = /\b(?:session|cart)-\d+-\d+\b/g;

/** The stage, with every visit of a shopper written down. */
export function recordVisits(stage: Stage, visits: Visit[]): Stage {
  const stack = new Proxy(stage.stack, {
    get: (target, name) => {
      if (name === 'visit') return visit;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const visit = async (region: string, request: Request): Promise<Response> => {
    const entry = await describe(request, region, stage.clock.nowMs());
    visits.push(entry);
    const response = await stage.stack.visit(region, request);
    entry.status = response.status;
    entry.ids = (await response.clone().text()).match(CARRIED_ID) ?? [];
    return response;
  };
  return { ...stage, stack };
}

async function describe(request: Request, region: string, atMs: number): Promise<Visit> {
  const { method, url } = request;
  const body = method === 'GET' ? null : await request.clone().text();
  return {
    atMs,
    region,
    method,
    url,
    headers: Object.fromEntries(request.headers),
    body,
    ids: [],
    status: 0,
  };
}
