import type { ServiceConfig } from '../../../fixtures/retail/kit/service.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { SlotSpec } from '../../ports/stack.ts';
import type { World } from '../../scenario/world-schema.ts';
import type { PoolOptions } from '../connection-pool.ts';

/** What an instance is started with besides its code and its database: plain data, so that it may go into a container. */
export interface InstanceOrder {
  readonly id: string;
  /** Number of the instance, unique in its stack: part of every id that it hands out. */
  readonly number: number;
  readonly slot: SlotSpec;
  readonly config: ServiceConfig;
  /** Requests served at once, and waiting besides. */
  readonly workers: number;
  readonly queue: number;
  readonly pool: PoolOptions;
  /** Of the instance's own chance. */
  readonly seed: string;
  /** What the instance's clock reads at its start. */
  readonly worldNowMs: number;
}

/** Writes the order for the n-th instance of a stack, by the world's figures. `seed` is the stack's. */
export function orderInstance(
  given: Pick<InstanceOrder, 'slot' | 'config' | 'number' | 'seed' | 'worldNowMs'>,
  world: World,
): InstanceOrder {
  const { service } = given.slot;
  const figures = world.services[service];
  invariant(figures !== undefined, `the world has the service ${service}`);
  const id = `${service}-${given.number}`;
  return {
    ...given,
    id,
    workers: world.instance.workers,
    queue: world.instance.queue,
    pool: {
      max: figures.poolMax,
      idleTimeoutMs: world.database.idleTimeout,
      acquireTimeoutMs: world.database.acquireTimeout,
      maxLifetimeMs: world.database.maxLifetime,
    },
    seed: `${given.seed}/stack/instance/${id}`,
  };
}
