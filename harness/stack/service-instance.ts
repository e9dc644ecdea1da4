import { type Dialect, Kysely } from 'kysely';
import { jsonAnswer } from '../../fixtures/retail/kit/light-response.ts';
import type {
  OutgoingFetch,
  ServiceApp,
  ServiceConfig,
  ServiceContext,
} from '../../fixtures/retail/kit/service.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Build, SlotId } from '../ports/stack.ts';
import type { ConnectionPool } from './connection-pool.ts';

export interface ServiceInstanceSpec {
  readonly id: string;
  readonly slot: SlotId;
  readonly build: Build;
  readonly config: ServiceConfig;
  readonly clock: Clock;
  /** What the instance's database understands, over its pool. */
  readonly dialect: Dialect;
  readonly pool: Pick<ConnectionPool, 'end'>;
  readonly fetch: OutgoingFetch;
  readonly random: () => number;
  readonly newId: (prefix: string) => string;
  readonly workers: number;
  readonly queue: number;
}

/** One instance of a service on any stack: bounded workers, a bounded queue, and its own connection pool. */
export class ServiceInstance {
  readonly id: string;
  readonly slot: SlotId;
  readonly build: Build;
  weight = 0;
  ready = false;
  private readonly spec: ServiceInstanceSpec;
  private readonly app: ServiceApp;
  private readonly waiting: (() => void)[] = [];
  private active = 0;
  private stopped = false;

  constructor(spec: ServiceInstanceSpec) {
    this.id = spec.id;
    this.slot = spec.slot;
    this.build = spec.build;
    this.spec = spec;
    const context: ServiceContext<unknown> = {
      db: new Kysely<unknown>({ dialect: spec.dialect }),
      fetch: spec.fetch,
      clock: spec.clock,
      random: spec.random,
      newId: spec.newId,
      config: spec.config,
    };
    this.app = spec.build.definition.create(context);
  }

  /** Requests taken and not yet answered. */
  get inFlight(): number {
    return this.active + this.waiting.length;
  }

  /** Serves one request. Rejects when the instance is gone; answers 503 when its queue is full. */
  async serve(request: Request): Promise<Response> {
    if (this.stopped) throw new Error('connection refused');
    if (this.active >= this.spec.workers) {
      if (this.waiting.length >= this.spec.queue) return overloaded();
      await new Promise<void>(resolve => {
        this.waiting.push(resolve);
      });
      if (this.stopped) throw new Error('connection reset');
    }
    this.active++;
    try {
      return await this.app.fetch(request);
    } finally {
      this.active--;
      this.waiting.shift()?.();
    }
  }

  async warm(): Promise<void> {
    await this.app.warm();
    this.ready = true;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.weight = 0;
    this.ready = false;
    for (const wake of this.waiting.splice(0)) wake();
    try {
      await this.app.stop();
    } finally {
      this.spec.pool.end();
    }
  }
}

function overloaded(): Response {
  return jsonAnswer({ error: 'overloaded' }, 503);
}
