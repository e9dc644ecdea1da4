import { jsonAnswer } from '../../../fixtures/retail/kit/light-response.ts';
import type { Clock } from '../../kernel/clock.ts';
import { HarnessError, machineTrouble } from '../../kernel/errors.ts';
import { settleWithin } from '../../kernel/settle-within.ts';
import type { VirtualClock } from '../../kernel/virtual-clock.ts';
import type { LiveStack } from '../../ports/live-stack.ts';
import { parseResource } from '../../ports/resource.ts';
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
import type { Changes } from './changes.ts';
import type { HeldTelemetry } from './held-telemetry.ts';

export interface HeldStackDeps {
  readonly live: LiveStack;
  readonly clock: VirtualClock;
  readonly real: Clock;
  readonly changes: Changes;
  readonly telemetry: HeldTelemetry;
}

/** Longest real time for one effect, and for one request that is no shopper's. What takes longer has failed. */
const EFFECT_LIMIT_MS = 180_000;
const CALL_LIMIT_MS = 30_000;

/**
 * A live stack as the world sees it: world time stands still while it does something real, every change that shoppers
 * may meet is noted, and telemetry is what samples found. Shoppers do not come this way.
 */
export class HeldStack implements StartedStack {
  private readonly deps: HeldStackDeps;

  constructor(deps: HeldStackDeps) {
    this.deps = deps;
  }

  get kind(): StartedStack['kind'] {
    return this.deps.live.kind;
  }

  provision(slot: SlotSpec, build: Build): Promise<void> {
    return this.hold('provision', slot.slot, () => this.deps.live.provision(slot, build));
  }

  destroy(slot: SlotId): Promise<void> {
    return this.change('destroy', slot, () => this.deps.live.destroy(slot));
  }

  migrate(slot: SlotId, build: Build): Promise<void> {
    return this.change('migrate', slot, () => this.deps.live.migrate(slot, build));
  }

  seed(slot: SlotId, build: Build): Promise<void> {
    return this.change('seed', slot, () => this.deps.live.seed(slot, build));
  }

  /** An instance without weight meets nobody: it counts as a change once it is warmed or weighed. */
  start(instance: InstanceSpec): Promise<string> {
    return this.hold('start', instance.slot, () => this.deps.live.start(instance));
  }

  warm(instanceId: string): Promise<void> {
    return this.change('warm', this.slotOf(instanceId), () => this.deps.live.warm(instanceId));
  }

  stop(instanceId: string): Promise<void> {
    return this.change('stop', this.slotOf(instanceId), () => this.deps.live.stop(instanceId));
  }

  weigh(instanceId: string, weight: number): void {
    const before = this.instance(instanceId)?.weight;
    this.deps.live.weigh(instanceId, weight);
    if (before !== weight) this.note('weigh', this.slotOf(instanceId));
  }

  cut(region: string, from: string, to: string, isCut: boolean): void {
    this.deps.live.cut(region, from, to, isCut);
    this.deps.changes.note(region, `${isCut ? 'cut' : 'mend'} ${from} to ${to}`);
  }

  sql(slot: SlotId, statement: string): Promise<SqlResult> {
    const work = () => this.deps.live.sql(slot, statement);
    return /^\s*select\b/i.test(statement) ? this.hold('sql', slot, work) : this.change('sql', slot, work);
  }

  dump(slot: SlotId): Promise<string> {
    return this.hold('dump', slot, () => this.deps.live.dump(slot));
  }

  restore(slot: SlotId, dumpId: string): Promise<void> {
    return this.change('restore', slot, () => this.deps.live.restore(slot, dumpId));
  }

  slots(): readonly SlotInfo[] {
    return this.deps.live.slots();
  }

  visit(region: string): Promise<Response> {
    return Promise.reject(
      new HarnessError('bug', { message: `a shopper in ${region} came past the samples of a live stack` }),
    );
  }

  /** A request's time is the stack's own, one to one: what it took passes in the world as well. */
  async call(slot: SlotId, request: Request): Promise<Response> {
    const { clock, live, real } = this.deps;
    const startedMs = real.nowMs();
    try {
      return await clock.waitOutside(
        this.within(CALL_LIMIT_MS, `a request to ${slot}`, async () => whole(await live.call(slot, request))),
      );
    } finally {
      await clock.sleep(Math.round(real.nowMs() - startedMs));
    }
  }

  scrape(): Scrape {
    const held = this.deps.telemetry.scrape();
    return { cells: [...held.cells, ...this.deps.live.scrape().cells], ordersByRegion: held.ordersByRegion };
  }

  /** Shoppers of production are held; nobody shops elsewhere, so what is counted there is real. */
  count(slot: SlotId, build: string): () => CellTelemetry | null {
    const { live, telemetry } = this.deps;
    return isProduction(slot) ? telemetry.count(slot, build) : live.count(slot, build);
  }

  observe(slot: SlotId, query: string): ReturnType<StartedStack['observe']> {
    return this.hold('observe', slot, () => this.deps.live.observe(slot, query));
  }

  stopAll(): Promise<void> {
    return this.deps.live.stopAll();
  }

  leftBehind(): number {
    return this.deps.live.leftBehind?.() ?? 0;
  }

  private async change<T>(verb: string, slot: SlotId, work: () => Promise<T>): Promise<T> {
    try {
      return await this.hold(verb, slot, work);
    } finally {
      // A change that failed half way is a change.
      this.note(verb, slot);
    }
  }

  private hold<T>(verb: string, slot: SlotId, work: () => Promise<T>): Promise<T> {
    const { clock } = this.deps;
    const doing = this.within(EFFECT_LIMIT_MS, `${verb} ${slot}`, work);
    doing.catch((error: unknown) => {
      const trouble = machineTrouble(error);
      // No company can go on without its machines: the run ends, whoever asked.
      if (trouble !== null) clock.spawn(() => Promise.reject(trouble));
    });
    return clock.waitOutside(doing);
  }

  private async within<T>(limitMs: number, what: string, work: () => Promise<T>): Promise<T> {
    const end = await settleWithin(this.deps.real, work(), limitMs);
    if (!end.late) return end.value;
    throw new Error(`${what} did not end within ${limitMs / 1_000} s of real time`);
  }

  /** Only production has shoppers, and other environments share no database server with it. */
  private note(verb: string, slot: SlotId): void {
    const region = parseResource(slot)?.region;
    if (region !== undefined && isProduction(slot)) this.deps.changes.note(region, `${verb} ${slot}`);
  }

  private instance(instanceId: string) {
    return this.deps.live
      .slots()
      .flatMap(({ instances }) => instances)
      .find(({ id }) => id === instanceId);
  }

  private slotOf(instanceId: string): SlotId {
    return this.instance(instanceId)?.slot ?? '';
  }
}

function isProduction(slot: SlotId): boolean {
  return slot.startsWith('production:');
}

/** The answer with its body read: the world's time may move on before somebody looks at it. */
async function whole(response: Response): Promise<Response> {
  const text = await response.text();
  try {
    return jsonAnswer(JSON.parse(text), response.status);
  } catch {
    return new Response(text, { status: response.status, headers: response.headers });
  }
}
