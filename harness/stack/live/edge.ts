import type { Clock } from '../../kernel/clock.ts';
import type { EdgeControl, EdgeCounts } from './controls.ts';
import { proxyRequest } from './proxy-request.ts';
import { RoutedClient } from './routed-client.ts';
import { type HttpAddress, serveHttp } from './serve-http.ts';

export interface EdgeDeps {
  readonly address: HttpAddress;
  readonly real: Clock;
  /** A draw in [0, 1) for each request. */
  readonly unit: () => number;
  /** Told of each order placed, as it is answered. */
  readonly onOrder?: () => void;
}

export interface RunningEdge {
  readonly port: number;
  readonly control: EdgeControl;
}

const NONE: EdgeCounts = { requests: 0, unanswered: 0, orders: 0 };

/** A region's edge: passes requests on to instances of the published services by weight, and says so when none answers. */
export async function startEdge(deps: EdgeDeps): Promise<RunningEdge> {
  const client = new RoutedClient(deps.unit);
  let counts = NONE;
  const onAnswer = (path: string, status: number): void => {
    const isOrder = status === 201 && path === '/api/orders';
    if (isOrder) deps.onOrder?.();
    counts = {
      requests: counts.requests + 1,
      unanswered: counts.unanswered + (status === 502 ? 1 : 0),
      orders: counts.orders + (isOrder ? 1 : 0),
    };
  };
  const server = await serveHttp(
    (incoming, outgoing) => proxyRequest(client, { incoming, outgoing, onAnswer }),
    deps.address,
    deps.real,
  );
  return {
    port: server.port,
    control: {
      route: async table => client.use(table),
      drain: async () => {
        const drained = counts;
        counts = NONE;
        return drained;
      },
      stop: async graceMs => {
        await server.close(graceMs);
        client.close();
      },
    },
  };
}
