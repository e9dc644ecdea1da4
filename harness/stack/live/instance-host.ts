import type { Dialect } from 'kysely';
import type { Clock } from '../../kernel/clock.ts';
import { createRng } from '../../kernel/rng.ts';
import { settleWithin } from '../../kernel/settle-within.ts';
import type { Build } from '../../ports/stack.ts';
import { ConnectionPool } from '../connection-pool.ts';
import type { ConnectionSource } from '../pooled-dialect.ts';
import { ServiceInstance } from '../service-instance.ts';
import type { SqlConnection } from '../sql-connection.ts';
import type { InstanceControl, Served } from './controls.ts';
import type { InstanceOrder } from './instance-order.ts';
import type { LiveServiceClock } from './live-service-clock.ts';
import { RoutedClient } from './routed-client.ts';
import { serveFetch } from './serve-fetch.ts';
import type { HttpAddress } from './serve-http.ts';

export interface InstanceHostDeps {
  readonly order: InstanceOrder;
  readonly build: Build;
  readonly address: HttpAddress;
  /** Real time: of latencies, and of the grace of a stop. */
  readonly real: Clock;
  /** The time that the service reads; moved by `setWorldTime`. */
  readonly clock: LiveServiceClock;
  readonly database: DatabaseAccess;
  /** Told of each request as it is answered. */
  readonly onServed: (served: Served) => void;
}

/** The way to a slot's database, whichever engine it is. */
export interface DatabaseAccess {
  /** Opens one connection as a service; refused when the server has none left. */
  open(): Promise<SqlConnection>;
  /** Kysely's dialect of the engine over the instance's pool. */
  dialect(source: ConnectionSource): Dialect;
}

export interface InstanceHost {
  readonly port: number;
  readonly control: Omit<InstanceControl, 'drain'>;
}

/** Bounds on a service's own work, real time: far above what any of the shop's needs. */
const MOST_WARMING_MS = 60_000;
const MOST_STOPPING_MS = 5_000;

/** Serves one instance of a service over HTTP: its workers, queue, pool and outgoing calls are its own. */
export async function startInstanceHost(deps: InstanceHostDeps): Promise<InstanceHost> {
  const chance = createRng(`${deps.order.seed}/routes`);
  const client = new RoutedClient(() => chance.next());
  const pool = new ConnectionPool(deps.clock, () => deps.database.open(), deps.order.pool);
  const instance = createInstance(deps, client, pool);
  const serve = (request: Request): Promise<Response> => serveCounted(deps, instance, request);
  const server = await serveFetch(serve, deps.address, deps.real).catch(async (error: unknown) => {
    await instance.stop();
    throw error;
  });
  return {
    port: server.port,
    control: {
      route: async table => client.use(table),
      setWorldTime: async nowMs => deps.clock.moveTo(nowMs),
      warm: () => within(deps.real, instance.warm(), MOST_WARMING_MS, `${deps.order.id} did not become warm`),
      stop: async graceMs => {
        await server.close(instance.inFlight === 0 ? 0 : graceMs);
        client.close();
        await within(deps.real, instance.stop(), MOST_STOPPING_MS, `${deps.order.id} did not stop`).finally(
          () =>
            // Whatever the service does, its connections are given back.
            pool.end(),
        );
      },
    },
  };
}

function createInstance(
  { order, build, clock, database }: InstanceHostDeps,
  client: RoutedClient,
  pool: ConnectionPool,
): ServiceInstance {
  const chance = createRng(order.seed);
  let ids = 0;
  return new ServiceInstance({
    id: order.id,
    slot: order.slot.slot,
    build,
    config: order.config,
    clock,
    dialect: database.dialect(pool),
    pool,
    fetch: (request, signal) => client.fetch(request, signal),
    random: () => chance.next(),
    newId: prefix => `${prefix}-${order.number}-${++ids}`,
    workers: order.workers,
    queue: order.queue,
  });
}

async function within<T>(real: Clock, work: Promise<T>, limitMs: number, sentence: string): Promise<T> {
  const result = await settleWithin(real, work, limitMs);
  if (result.late) throw new Error(`${sentence} within ${limitMs / 1_000} s`);
  return result.value;
}

async function serveCounted(
  { real, onServed }: InstanceHostDeps,
  instance: ServiceInstance,
  request: Request,
): Promise<Response> {
  const startedMs = real.nowMs();
  let failed = true;
  try {
    const response = await instance.serve(request);
    failed = response.status >= 500;
    return response;
  } finally {
    onServed({ latencyMs: real.nowMs() - startedMs, failed });
  }
}
