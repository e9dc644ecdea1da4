import type { ServiceApp } from '../../../fixtures/retail/kit/service.ts';
import type { Clock } from '../../kernel/clock.ts';
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
import type { CellTelemetry } from '../../ports/telemetry.ts';
import { type TablesCopy, TestTables } from './tables.ts';

interface FakeInstance {
  readonly id: string;
  readonly spec: InstanceSpec;
  readonly app: ServiceApp;
  weight: number;
  ready: boolean;
}

interface FakeSlot {
  readonly spec: SlotSpec;
  readonly tables: TestTables;
  readonly instances: FakeInstance[];
}

interface Count {
  readonly slot: SlotId;
  readonly build: string;
  requests: number;
  errors: number;
}

/**
 * A stack in memory for tests of the control plane: real services over real SQL, no latency, no limits. `visitSlot` sends
 * a shopper's request to the slot, to its instances in turn by weight.
 */
export class FakeStack implements StartedStack {
  readonly kind = 'sim';
  readonly cuts: string[] = [];
  private readonly clock: Clock;
  private readonly homes = new Map<SlotId, FakeSlot>();
  private readonly dumps = new Map<string, TablesCopy>();
  private readonly counts = new Set<Count>();
  private ids = 0;
  private turns = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  async provision(spec: SlotSpec, build: Build): Promise<void> {
    if (this.homes.has(spec.slot)) throw new Error(`${spec.slot} exists`);
    this.homes.set(spec.slot, { spec, tables: new TestTables(), instances: [] });
    await this.migrate(spec.slot, build);
  }

  async destroy(slot: SlotId): Promise<void> {
    this.home(slot);
    this.homes.delete(slot);
  }

  async migrate(slot: SlotId, build: Build): Promise<void> {
    const { db } = this.home(slot).tables;
    const done = await db.selectFrom('done_migrations').selectAll().execute();
    for (const { name, up } of build.definition.migrations) {
      if (done.some(row => row.name === name)) continue;
      await up(db);
      await db.insertInto('done_migrations').values({ name }).execute();
    }
  }

  async seed(slot: SlotId, build: Build): Promise<void> {
    const { tables, spec } = this.home(slot);
    await build.definition.seed(tables.db, spec.region);
  }

  async start(spec: InstanceSpec): Promise<string> {
    const { tables, instances } = this.home(spec.slot);
    const id = `instance-${++this.ids}`;
    const app = spec.build.definition.create({
      db: tables.db,
      fetch: () => Promise.reject(new TypeError('no network here')),
      clock: this.clock,
      random: () => 0,
      newId: prefix => `${prefix}-${++this.ids}`,
      config: spec.config,
    });
    instances.push({ id, spec, app, weight: 0, ready: false });
    return id;
  }

  async warm(instanceId: string): Promise<void> {
    const instance = this.instance(instanceId);
    await instance.app.warm();
    instance.ready = true;
  }

  async stop(instanceId: string): Promise<void> {
    const { instances } = this.home(this.instance(instanceId).spec.slot);
    instances.splice(instances.indexOf(this.instance(instanceId)), 1);
  }

  weigh(instanceId: string, weight: number): void {
    this.instance(instanceId).weight = weight;
  }

  cut(region: string, from: string, to: string, isCut: boolean): void {
    this.cuts.push(`${region} ${from} ${to} ${isCut}`);
  }

  async sql(slot: SlotId, statement: string): Promise<SqlResult> {
    return this.home(slot).tables.run(statement);
  }

  async dump(slot: SlotId): Promise<string> {
    const id = `dump-${++this.ids}`;
    this.dumps.set(id, this.home(slot).tables.copy());
    return id;
  }

  async restore(slot: SlotId, dumpId: string): Promise<void> {
    const dump = this.dumps.get(dumpId);
    if (dump === undefined) throw new Error(`there is no dump ${dumpId}`);
    this.home(slot).tables.replaceWith(dump);
  }

  slots(): readonly SlotInfo[] {
    return [...this.homes.values()].map(({ spec, instances }) => ({
      ...spec,
      hasDatabase: true,
      instances: instances.map(({ id, spec: { slot, build }, weight, ready }) => ({
        id,
        slot,
        build: build.id,
        weight,
        ready,
      })),
    }));
  }

  visit(): Promise<Response> {
    return Promise.reject(new Error('the fake has no edge'));
  }

  async call(slot: SlotId, request: Request): Promise<Response> {
    const { instances } = this.home(slot);
    const instance = instances.find(({ ready }) => ready) ?? instances[0];
    if (instance === undefined) throw new Error(`nothing answers for ${slot}`);
    return this.serve(instance, request);
  }

  scrape(): Scrape {
    return { cells: [], ordersByRegion: {} };
  }

  count(slot: SlotId, build: string): () => CellTelemetry | null {
    const count = { slot, build, requests: 0, errors: 0 };
    this.counts.add(count);
    return () => {
      this.counts.delete(count);
      const { requests, errors } = count;
      const cell = slot.slice(slot.indexOf(':') + 1);
      return requests === 0 ? null : { cell, build, requests, errors, latencyMsP50: 1, latencyMsP99: 2 };
    };
  }

  async observe(slot: SlotId, query: string): Promise<SqlResult['rows'] | null> {
    return this.homes.get(slot)?.tables.run(query).rows ?? null;
  }

  async stopAll(): Promise<void> {
    this.homes.clear();
  }

  /** Requests are spread by weight; status 0 when nobody takes them. */
  async visitSlot(slot: SlotId, path: string): Promise<number> {
    const routed = (this.homes.get(slot)?.instances ?? []).filter(({ weight }) => weight > 0);
    const total = routed.reduce((sum, { weight }) => sum + weight, 0);
    let rest = ((this.turns++ * 0.37) % 1) * total;
    const instance = routed.find(({ weight }) => {
      rest -= weight;
      return rest < 0;
    });
    if (instance === undefined) return 0;
    return (await this.serve(instance, new Request(`http://shop${path}`))).status;
  }

  /** Settings that the slot's instances run with. */
  configs(slot: SlotId): readonly unknown[] {
    return this.home(slot).instances.map(({ spec }) => spec.config);
  }

  get openCounts(): number {
    return this.counts.size;
  }

  private async serve(instance: FakeInstance, request: Request): Promise<Response> {
    const response = await instance.app.fetch(request);
    const { slot, build } = instance.spec;
    for (const count of this.counts) {
      if (count.slot !== slot || count.build !== build.id) continue;
      count.requests++;
      if (response.status >= 500) count.errors++;
    }
    return response;
  }

  private home(slot: SlotId): FakeSlot {
    const home = this.homes.get(slot);
    if (home === undefined) throw new Error(`there is no ${slot}`);
    return home;
  }

  private instance(id: string): FakeInstance {
    for (const { instances } of this.homes.values()) {
      const found = instances.find(instance => instance.id === id);
      if (found !== undefined) return found;
    }
    throw new Error(`there is no instance ${id}`);
  }
}
