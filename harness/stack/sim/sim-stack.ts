import { jsonAnswer } from '../../../fixtures/retail/kit/light-response.ts';
import type { Clock } from '../../kernel/clock.ts';
import { drawMs } from '../../kernel/distribution.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { Rng } from '../../kernel/rng.ts';
import type {
  Build,
  InstanceSpec,
  Scrape,
  SlotId,
  SlotInfo,
  SlotSpec,
  SqlResult,
  StartedStack,
} from '../../ports/stack.ts';
import type { DeclaredDelay } from '../../scenario/common-schema.ts';
import type { World } from '../../scenario/world-schema.ts';
import { ConnectionPool } from '../connection-pool.ts';
import { sqliteDialect } from '../pooled-dialect.ts';
import { RequestCounters } from '../request-counters.ts';
import { pathOf, publishedService } from '../routing.ts';
import { ServiceInstance } from '../service-instance.ts';
import { DatabaseServer } from '../sqlite/database-server.ts';
import type { DatabaseCopy } from '../sqlite/memory-database.ts';
import type { SeedCache } from './seed-cache.ts';
import { SimNetwork } from './sim-network.ts';
import { createSimSlot, migrate, provision, type SimSlot, seed } from './sim-slot.ts';

export interface SimStackDeps {
  readonly clock: Clock;
  readonly rng: Rng;
  readonly world: World;
  readonly thirdParties: { fetch(request: Request): Promise<Response> };
  readonly thirdPartyHosts: ReadonlySet<string>;
  /** Databases as earlier stacks of this process filled them. */
  readonly seeds: SeedCache;
}

/** The mock company in one process: the same apps, dispatched without sockets on virtual time. */
export class SimStack implements StartedStack {
  readonly kind = 'sim';
  private readonly deps: SimStackDeps;
  private readonly slotMap = new Map<SlotId, SimSlot>();
  private readonly instanceMap = new Map<string, ServiceInstance>();
  private readonly servers = new Map<string, DatabaseServer>();
  private readonly dumps = new Map<string, DatabaseCopy>();
  private readonly counters = new RequestCounters();
  private readonly network: SimNetwork;
  private readonly hopMs: () => number;
  private orders = new Map<string, number>();
  private instanceCount = 0;
  private dumpCount = 0;

  constructor(deps: SimStackDeps) {
    this.deps = deps;
    this.hopMs = drawer(deps.world.network.hop, deps.rng.fork('stack/hop'));
    const edge = deps.rng.fork('stack/edge');
    this.network = new SimNetwork({
      clock: deps.clock,
      slots: this.slotMap,
      counters: this.counters,
      thirdParties: deps.thirdParties,
      thirdPartyHosts: deps.thirdPartyHosts,
      hopMs: this.hopMs,
      unit: () => edge.next(),
    });
  }

  async provision(spec: SlotSpec, build: Build): Promise<void> {
    if (this.slotMap.has(spec.slot)) throw new Error(`could not provision ${spec.slot}: it exists already`);
    const slot = createSimSlot(spec, this.deps.clock);
    this.slotMap.set(spec.slot, slot);
    await provision(slot, build, this.deps.seeds);
  }

  async destroy(slotId: SlotId): Promise<void> {
    const slot = this.slot(slotId);
    this.slotMap.delete(slotId);
    for (const instance of slot.instances.splice(0)) {
      this.instanceMap.delete(instance.id);
      await instance.stop();
    }
    slot.database.close();
  }

  async migrate(slotId: SlotId, build: Build): Promise<void> {
    await migrate(this.slot(slotId), build);
  }

  async seed(slotId: SlotId, build: Build): Promise<void> {
    await seed(this.slot(slotId), build, this.deps.seeds);
  }

  async start(spec: InstanceSpec): Promise<string> {
    const { clock, rng, world } = this.deps;
    const slot = this.slot(spec.slot);
    const service = world.services[spec.build.service];
    invariant(service !== undefined, `the world has the service ${spec.build.service}`);
    const number = ++this.instanceCount;
    const id = `${spec.build.service}-${number}`;
    const server = this.server(slot.spec);
    const pool = new ConnectionPool(clock, () => server.open(slot.database, 'service'), {
      max: service.poolMax,
      idleTimeoutMs: world.database.idleTimeout,
      acquireTimeoutMs: world.database.acquireTimeout,
      maxLifetimeMs: world.database.maxLifetime,
    });
    const chance = rng.fork(`stack/instance/${id}`);
    let idCount = 0;
    const instance = new ServiceInstance({
      id,
      slot: spec.slot,
      build: spec.build,
      config: spec.config,
      clock,
      dialect: sqliteDialect(pool),
      pool,
      fetch: this.network.outgoing(spec.slot),
      random: () => chance.next(),
      newId: prefix => `${prefix}-${number}-${++idCount}`,
      workers: world.instance.workers,
      queue: world.instance.queue,
    });
    slot.instances.push(instance);
    this.instanceMap.set(id, instance);
    return id;
  }

  async warm(instanceId: string): Promise<void> {
    await this.instance(instanceId).warm();
  }

  async stop(instanceId: string): Promise<void> {
    const instance = this.instance(instanceId);
    this.instanceMap.delete(instanceId);
    const instances = this.slotMap.get(instance.slot)?.instances;
    instances?.splice(instances.indexOf(instance), 1);
    await instance.stop();
  }

  weigh(instanceId: string, weight: number): void {
    this.instance(instanceId).weight = weight;
  }

  cut(region: string, from: string, to: string, isCut: boolean): void {
    this.network.cut(region, from, to, isCut);
  }

  async sql(slotId: SlotId, statement: string): Promise<SqlResult> {
    const slot = this.slot(slotId);
    const connection = await this.server(slot.spec).open(slot.database, 'administrator');
    try {
      return await connection.run(statement, []);
    } finally {
      connection.close();
    }
  }

  async dump(slotId: SlotId): Promise<string> {
    const id = `dump-${++this.dumpCount}`;
    this.dumps.set(id, this.slot(slotId).database.copy());
    return id;
  }

  async restore(slotId: SlotId, dumpId: string): Promise<void> {
    const dump = this.dumps.get(dumpId);
    if (dump === undefined) throw new Error(`could not restore ${slotId}: there is no dump ${dumpId}`);
    this.slot(slotId).database.replaceWith(dump);
  }

  slots(): readonly SlotInfo[] {
    return [...this.slotMap.values()].map(slot => ({
      ...slot.spec,
      hasDatabase: true,
      instances: slot.instances.map(({ id, slot: slotId, build, weight, ready }) => ({
        id,
        slot: slotId,
        build: build.id,
        weight,
        ready,
      })),
    }));
  }

  async visit(region: string, request: Request): Promise<Response> {
    const path = pathOf(request.url);
    await this.deps.clock.sleep(this.hopMs());
    try {
      const response = await this.network.deliver(`production:${publishedService(path)}/${region}`, request);
      if (response.status === 201 && path === '/api/orders')
        this.orders.set(region, (this.orders.get(region) ?? 0) + 1);
      return response;
    } catch {
      return jsonAnswer({ error: 'bad-gateway', owner: publishedService(path) }, 502);
    }
  }

  async call(slotId: SlotId, request: Request): Promise<Response> {
    const slot = this.slot(slotId);
    const instance = slot.instances.find(({ ready }) => ready) ?? slot.instances[0];
    if (instance === undefined) throw new Error(`nothing answers for ${slotId}`);
    return this.network.serve(instance, request);
  }

  scrape(): Scrape {
    const ordersByRegion = Object.fromEntries(this.orders);
    this.orders = new Map();
    return { cells: this.counters.scrape(), ordersByRegion };
  }

  count(slot: SlotId, build: string): ReturnType<RequestCounters['count']> {
    return this.counters.count(slot, build);
  }

  async observe(slotId: SlotId, query: string): Promise<SqlResult['rows'] | null> {
    invariant(/^\s*select\b/i.test(query), 'the oracle only reads');
    return this.slotMap.get(slotId)?.database.runNow(query, []).rows ?? null;
  }

  async stopAll(): Promise<void> {
    for (const slotId of [...this.slotMap.keys()]) await this.destroy(slotId);
    this.dumps.clear();
  }

  private slot(slotId: SlotId): SimSlot {
    const slot = this.slotMap.get(slotId);
    if (slot === undefined) throw new Error(`there is no environment ${slotId}`);
    return slot;
  }

  private instance(instanceId: string): ServiceInstance {
    const instance = this.instanceMap.get(instanceId);
    if (instance === undefined) throw new Error(`there is no instance ${instanceId}`);
    return instance;
  }

  /** One database server per environment and region: what the region's services share. */
  private server(spec: SlotSpec): DatabaseServer {
    const key = `${spec.environment}/${spec.region}`;
    let server = this.servers.get(key);
    if (server === undefined) {
      const { clock, rng, world } = this.deps;
      const connectMs = drawer(world.network.connect, rng.fork(`stack/connect/${key}`));
      const queryMs = drawer(world.network.query, rng.fork(`stack/query/${key}`));
      server = new DatabaseServer({
        connectionLimit: world.database.connectionLimit,
        connecting: () => clock.sleep(connectMs()),
        querying: () => clock.sleep(queryMs()),
      });
      this.servers.set(key, server);
    }
    return server;
  }
}

function drawer(delay: DeclaredDelay, rng: Rng): () => number {
  const spread = { medianMs: delay.median, variation: delay.variation };
  return () => drawMs(spread, rng.next());
}
