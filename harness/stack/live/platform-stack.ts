import { jsonAnswer } from '../../../fixtures/retail/kit/light-response.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { AgentSide, LiveStack } from '../../ports/live-stack.ts';
import type {
  Build,
  InstanceSpec,
  Scrape,
  SlotId,
  SlotInfo,
  SlotSpec,
  SqlResult,
} from '../../ports/stack.ts';
import type { CellTelemetry } from '../../ports/telemetry.ts';
import type { World } from '../../scenario/world-schema.ts';
import { hostOf, pathOf, publishedService } from '../routing.ts';
import { runMigrations } from '../run-migrations.ts';
import { orderInstance } from './instance-order.ts';
import { keptAgent } from './kept-agent.ts';
import type { LiveServiceClock } from './live-service-clock.ts';
import { type LiveInstance, type LiveSlot, LiveSlots } from './live-slots.ts';
import type { LivePlatform, OpenEdge } from './platform.ts';
import { RoutingBoard } from './routing-board.ts';
import { runAll } from './run-all.ts';
import { sendRequest } from './send-request.ts';
import type { TrafficBook } from './traffic-book.ts';

export interface PlatformStackDeps {
  readonly platform: LivePlatform;
  readonly world: World;
  /** Of all chance in the stack. */
  readonly seed: string;
  /** The time that services read; the stack closes it. */
  readonly clock: LiveServiceClock;
  readonly traffic: TrafficBook;
}

/** Real time that requests in flight get when their instance is stopped. */
const GRACE_MS = 1_000;

/** A live stack over any platform: what local and containers have in common. Made by `startPlatformStack`. */
export class PlatformStack implements LiveStack {
  readonly kind: LivePlatform['kind'];
  readonly agentSide?: () => Promise<AgentSide>;
  private readonly deps: PlatformStackDeps;
  private readonly board: RoutingBoard;
  private readonly cells = new LiveSlots();
  private readonly edgeMap = new Map<string, OpenEdge>();
  private readonly agent = keptAgent();
  private readonly making = new Set<SlotId>();
  private readonly pending = new Set<Promise<unknown>>();
  private instanceCount = 0;
  private wiring: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(deps: PlatformStackDeps) {
    this.deps = deps;
    const { platform } = deps;
    this.kind = platform.kind;
    if (platform.agentSide !== undefined)
      this.agentSide = () => this.track(async () => (await platform.agentSide?.()) as AgentSide);
    this.board = new RoutingBoard(deps.platform.thirdParties);
  }

  /** Opens a region's edge. Before anything else, for every region of the world. */
  async openEdge(region: string): Promise<void> {
    const edge = await this.deps.platform.openEdge(region);
    this.edgeMap.set(region, edge);
    this.board.addEdge(region, table => edge.control.route(table));
  }

  edges(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.edgeMap].map(([region, { url }]) => [region, url]));
  }

  async provision(spec: SlotSpec, build: Build): Promise<void> {
    if (this.cells.has(spec.slot) || this.making.has(spec.slot)) {
      throw new Error(`could not provision ${spec.slot}: it exists already`);
    }
    await this.track(async () => {
      this.making.add(spec.slot);
      try {
        const database = await this.deps.platform.createDatabase(spec);
        this.cells.add({ spec, database, instances: [] });
        await runMigrations(database.direct, build);
      } finally {
        this.making.delete(spec.slot);
      }
    });
  }

  async destroy(slotId: SlotId): Promise<void> {
    await this.remove(this.cells.take(slotId));
  }

  async migrate(slotId: SlotId, build: Build): Promise<void> {
    await runMigrations(this.cells.slot(slotId).database.direct, build);
  }

  async seed(slotId: SlotId, build: Build): Promise<void> {
    const { database, spec } = this.cells.slot(slotId);
    await build.definition.seed(database.direct, spec.region);
  }

  async start({ slot: slotId, build, config }: InstanceSpec): Promise<string> {
    const slot = this.cells.slot(slotId);
    const { world, seed, clock } = this.deps;
    const number = ++this.instanceCount;
    const order = orderInstance({ slot: slot.spec, config, number, seed, worldNowMs: clock.nowMs() }, world);
    return this.track(async () => {
      const running = await this.deps.platform.startInstance(order, build);
      // The slot may have been destroyed while its instance started.
      if (this.cells.find(slotId) !== slot) {
        await running.control.stop(0);
        throw new Error(`could not start ${order.id}: ${slotId} is gone`);
      }
      slot.instances.push({ ...running, id: order.id, slot: slot.spec, build, ready: false });
      this.board.addInstance(order.id, slot.spec, running.url, table => running.control.route(table));
      return order.id;
    });
  }

  async warm(instanceId: string): Promise<void> {
    const instance = this.cells.instance(instanceId);
    await this.board.told();
    await instance.control.warm();
    instance.ready = true;
  }

  async stop(instanceId: string): Promise<void> {
    const instance = this.cells.instance(instanceId);
    const instances = this.cells.slot(instance.slot.slot).instances;
    instances.splice(instances.indexOf(instance), 1);
    this.board.removeInstance(instanceId);
    try {
      await this.board.told();
      await this.collectFrom(instance);
    } finally {
      await instance.control.stop(GRACE_MS);
    }
  }

  weigh(instanceId: string, weight: number): void {
    this.board.weigh(this.cells.instance(instanceId).id, weight);
  }

  cut(region: string, from: string, to: string, isCut: boolean): void {
    this.board.cut(region, from, to, isCut);
    const { platform } = this.deps;
    const order = this.wiring.then(() => platform.cut?.(region, from, to, isCut));
    this.wiring = order;
    // Whoever waits for the wires hears of it; until then it must not end the process.
    order.catch(() => undefined);
  }

  async sql(slotId: SlotId, statement: string): Promise<SqlResult> {
    return this.cells.slot(slotId).database.sql(statement);
  }

  async dump(slotId: SlotId): Promise<string> {
    return this.cells.slot(slotId).database.dump();
  }

  async restore(slotId: SlotId, dumpId: string): Promise<void> {
    return this.cells.slot(slotId).database.restore(dumpId);
  }

  slots(): readonly SlotInfo[] {
    return this.cells.infos(id => this.board.weightOf(id));
  }

  async visit(region: string, request: Request): Promise<Response> {
    const edge = this.edgeMap.get(region);
    if (edge === undefined) {
      return jsonAnswer({ error: 'bad-gateway', owner: publishedService(pathOf(request.url)) }, 502);
    }
    await this.inForce();
    return sendRequest(request, { url: edge.url, host: hostOf(request.url), agent: this.agent });
  }

  async call(slotId: SlotId, request: Request): Promise<Response> {
    const { instances } = this.cells.slot(slotId);
    const instance = instances.find(({ ready }) => ready) ?? instances[0];
    if (instance === undefined) throw new Error(`nothing answers for ${slotId}`);
    await this.inForce();
    return instance.call(request);
  }

  scrape(): Scrape {
    return this.deps.traffic.scrape();
  }

  count(slot: SlotId, build: string): () => CellTelemetry | null {
    return this.deps.traffic.count(slot, build);
  }

  async observe(slotId: SlotId, query: string): Promise<SqlResult['rows'] | null> {
    invariant(/^\s*select\b/i.test(query), 'the oracle only reads');
    return this.cells.find(slotId)?.database.observe(query) ?? null;
  }

  async setWorldTime(nowMs: number, regions?: readonly string[]): Promise<void> {
    this.deps.clock.moveTo(nowMs);
    const worldNowMs = this.deps.clock.nowMs();
    const tellings = this.cells
      .instances(regions)
      .map(instance => () => instance.control.setWorldTime(worldNowMs));
    await runAll(
      [() => this.deps.platform.setWorldTime(worldNowMs), ...tellings],
      'could not set the time of all services',
    );
  }

  connections(): Promise<Readonly<Record<string, number>>> {
    return this.deps.platform.connections();
  }

  async settle(regions?: readonly string[]): Promise<void> {
    await this.wiring;
    await this.board.settle();
    const instances = this.cells.instances(regions).map(instance => () => this.collectFrom(instance));
    const edges = [...this.edgeMap]
      .filter(([region]) => regions?.includes(region) ?? true)
      .map(([region, { control }]) => async () => {
        this.deps.traffic.ordered(region, (await control.drain()).orders);
      });
    await runAll([...instances, ...edges], 'could not read what all services counted');
  }

  async stopAll(): Promise<void> {
    if (this.isStopped) return;
    this.isStopped = true;
    const slots = this.cells.takeAll();
    // Work under way meets its slot gone, and cleans up after itself.
    await Promise.allSettled(this.pending);
    slots.push(...this.cells.takeAll());
    this.agent.destroy();
    const { platform, clock } = this.deps;
    try {
      if (!platform.closesAll) await this.takeDown(slots);
    } finally {
      this.edgeMap.clear();
      clock.close();
      await platform.close();
    }
  }

  leftBehind(): number {
    return this.deps.platform.leftBehind?.() ?? 0;
  }

  private async inForce(): Promise<void> {
    await this.wiring;
    await this.board.told();
  }

  private takeDown(slots: readonly LiveSlot[]): Promise<void> {
    const edges = [...this.edgeMap.values()].map(edge => () => edge.control.stop(0));
    const cells = slots.map(slot => () => this.remove(slot));
    return runAll([...edges, ...cells], 'could not stop everything');
  }

  private async remove({ instances, database, spec }: LiveSlot): Promise<void> {
    const gone = instances.splice(0);
    for (const { id } of gone) this.board.removeInstance(id);
    const stops = gone.map(instance => () => instance.control.stop(0));
    await runAll(stops, `could not stop all instances of ${spec.slot}`).finally(() => database.drop());
  }

  private async collectFrom({ slot, build, control }: LiveInstance): Promise<void> {
    for (const served of await control.drain()) this.deps.traffic.served(slot.slot, build.id, served);
  }

  private async track<T>(work: () => Promise<T>): Promise<T> {
    if (this.isStopped) throw new Error('the stack has been stopped');
    const running = work();
    this.pending.add(running);
    try {
      return await running;
    } finally {
      this.pending.delete(running);
    }
  }
}
