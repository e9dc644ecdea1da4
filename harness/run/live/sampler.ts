import type { SampleEvent } from '../../journal/events.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { LiveStack } from '../../ports/live-stack.ts';
import type { World } from '../../scenario/world-schema.ts';
import type { ShopDirectory } from '../../traffic/journey.ts';
import type { Arrival } from '../../traffic/shoppers.ts';
import type { HeldTelemetry } from './held-telemetry.ts';
import { pauseUntil } from './pause.ts';
import { walkForReal } from './real-walk.ts';
import { type FullRound, rareArrivals, regionSample } from './region-sample.ts';
import type { ShopperQueue } from './shopper-queue.ts';
import { isSteady } from './steadiness.ts';
import { walkPaced } from './walk-paced.ts';
import { type RegionSample, summarize, type Walked } from './walked.ts';

export interface SamplerDeps {
  readonly stack: LiveStack;
  readonly real: Clock;
  readonly world: World;
  readonly shop: ShopDirectory;
  /** Least real time of a sample, ms. */
  readonly sampleMs: number;
  readonly telemetry: HeldTelemetry;
  readonly onConfirmed: (region: string, orderId: string) => void;
}

export interface SampleOrder {
  readonly nowMs: number;
  /** World time of the next planned change; infinite when none is. */
  readonly untilMs: number;
  readonly reasons: readonly string[];
  /** Regions to sample, each with its shoppers. */
  readonly queues: ReadonlyMap<string, ShopperQueue>;
  readonly stopRequested: () => boolean;
}

export interface SampleResult {
  readonly event: SampleEvent;
  readonly regions: ReadonlyMap<string, RegionSample>;
}

/** Shoppers of a region in one round. */
const ROUND_SHOPPERS = 12;
/** Of those, how many come before services are let to rest. */
const WAVE_SHOPPERS = 4;
/** A region's shoppers in one sample, at the least, even where the world brings fewer before the next change. */
const LEAST_SHOPPERS = 24;
const SHOPPERS_AT_ONCE = 6;
/** A sample that is not steady within so many times its least length, or this time, ends as it is. */
const BOUND_FACTOR = 12;
const BOUND_MS = 60_000;
const MOST_ROUNDS = 40;

/** Takes samples of a live stack: rounds of real shoppers at real pace until what they meet holds steady. */
export class Sampler {
  private readonly deps: SamplerDeps;
  private samples = 0;
  private walks = 0;
  /** World time that services were last moved to, and when that was in real time. */
  private moved = { toMs: 0, realMs: 0 };

  constructor(deps: SamplerDeps) {
    this.deps = deps;
  }

  /** World time must stand still meanwhile. Rejects when the stack cannot be reached by the harness itself. */
  async take(order: SampleOrder): Promise<SampleResult> {
    const { real, stack, telemetry } = this.deps;
    const startedMs = real.nowMs();
    this.samples++;
    await this.moveTo(order.nowMs);
    await stack.settle();
    telemetry.keep(stack.scrape().cells);
    const { rounds, ended } = await this.rounds(order, startedMs);
    const probes = ended === 'stopped' ? [] : await this.probes(order, rounds);
    const walked = [...rounds.flatMap(round => round.walked), ...probes];
    for (const { experience } of walked) {
      if (experience.order !== null) this.deps.onConfirmed(experience.region, experience.order.orderId);
    }
    const event: SampleEvent = {
      type: 'sample',
      reason: order.reasons,
      regions: regionsOf(order),
      realMs: Math.round(real.nowMs() - startedMs),
      rounds: rounds.length,
      steady: isSteady(rounds),
      ended,
      journeys: summarize(walked),
      connections: ofProduction(rounds.at(-1)?.connections ?? {}),
    };
    const regions = regionsOf(order).map(region => [region, regionSample(region, rounds, probes)] as const);
    return { event, regions: new Map(regions) };
  }

  private async rounds(
    order: SampleOrder,
    startedMs: number,
  ): Promise<{ rounds: FullRound[]; ended: SampleEvent['ended'] }> {
    const { real, sampleMs } = this.deps;
    const boundMs = Math.max(BOUND_MS, BOUND_FACTOR * sampleMs);
    const limits = new Map(
      [...order.queues].map(([region, queue]) => [region, spanOf(queue, order.untilMs)] as const),
    );
    const rounds: FullRound[] = [];
    for (let from = 0; ; from += ROUND_SHOPPERS) {
      rounds.push(await this.round(order, from, limits));
      if (order.stopRequested()) return { rounds, ended: 'stopped' };
      const tookMs = real.nowMs() - startedMs;
      if (tookMs >= sampleMs && isSteady(rounds)) return { rounds, ended: 'steady' };
      if ([...limits.values()].every(limit => from + ROUND_SHOPPERS >= limit)) {
        return { rounds, ended: 'span-walked' };
      }
      if (tookMs >= boundMs || rounds.length >= MOST_ROUNDS) return { rounds, ended: 'bound' };
    }
  }

  /** The next shoppers of every region, from the one at `from` on, a few at a time. */
  private async round(
    order: SampleOrder,
    from: number,
    limits: ReadonlyMap<string, number>,
  ): Promise<FullRound> {
    const { real, sampleMs, stack } = this.deps;
    const byRegion = new Map<string, Walked[]>([...order.queues].map(([region]) => [region, []]));
    const waveMs = sampleMs / 2 / (ROUND_SHOPPERS / WAVE_SHOPPERS);
    for (let at = from; at < from + ROUND_SHOPPERS && !order.stopRequested(); at += WAVE_SHOPPERS) {
      const endMs = real.nowMs() + waveMs;
      const groups = [...order.queues].map(async ([region, queue]) => {
        const count = Math.min(WAVE_SHOPPERS, (limits.get(region) ?? 0) - at);
        const arrivals = Array.from({ length: Math.max(0, count) }, (_, index) => queue.at(at + index));
        byRegion.get(region)?.push(...(await this.walkAll(arrivals, order, waveMs)));
      });
      await Promise.all(groups);
      await pauseUntil(real, endMs, order.stopRequested);
      await this.letIdleConnectionsClose(order);
    }
    const connections = await stack.connections();
    await stack.settle(regionsOf(order));
    return { walked: [...byRegion.values()].flat(), byRegion, connections, cells: stack.scrape().cells };
  }

  /** Shoppers for journeys that too few have come for: rare ones must not go unmeasured. */
  private async probes(order: SampleOrder, rounds: readonly FullRound[]): Promise<Walked[]> {
    const held = rounds.slice(-2).flatMap(round => round.walked);
    const arrivals = [...order.queues].flatMap(([region, queue]) =>
      rareArrivals(queue, this.deps.world, { region, held }),
    );
    const walked = await this.walkAll(arrivals, order, this.deps.sampleMs / 5);
    await this.letIdleConnectionsClose(order);
    await this.deps.stack.settle(regionsOf(order));
    // They are out of proportion, so telemetry must not hear of them.
    this.deps.stack.scrape();
    return walked;
  }

  private walkAll(arrivals: readonly Arrival[], order: SampleOrder, overMs: number): Promise<Walked[]> {
    const { real, stack, world, shop } = this.deps;
    const visit = (region: string, request: Request) => stack.visit(region, request);
    const walks = arrivals.map(arrival => () => {
      const walkId = `${arrival.shopper.id}-${this.samples}-${++this.walks}`;
      return walkForReal({ real, world, shop, visit }, arrival, walkId);
    });
    return walkPaced(walks, {
      real,
      overMs,
      atOnce: SHOPPERS_AT_ONCE,
      stopRequested: order.stopRequested,
    });
  }

  /** Between two shoppers of the world more time passes than a pool keeps an idle connection for; what is open then is in use, or lost. Where nobody walks, nothing is to be learnt of it. */
  private letIdleConnectionsClose(order: SampleOrder): Promise<void> {
    const laterMs = this.serviceNowMs() + this.deps.world.database.idleTimeout + 1_000;
    return this.moveTo(laterMs, regionsOf(order));
  }

  private serviceNowMs(): number {
    return this.moved.toMs + (this.deps.real.nowMs() - this.moved.realMs);
  }

  private async moveTo(worldMs: number, regions?: readonly string[]): Promise<void> {
    const toMs = Math.max(worldMs, this.serviceNowMs());
    await this.deps.stack.setWorldTime(toMs, regions);
    this.moved = { toMs, realMs: this.deps.real.nowMs() };
  }
}

function regionsOf({ queues }: SampleOrder): string[] {
  return [...queues.keys()];
}

/** Shoppers that the world brings until then, and no fewer than a sample needs. */
function spanOf(queue: ShopperQueue, untilMs: number): number {
  return Math.max(LEAST_SHOPPERS, queue.countUntil(untilMs, MOST_ROUNDS * ROUND_SHOPPERS));
}

/** Scratch environments have servers of their own, which shoppers never meet. */
function ofProduction(connections: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(connections).filter(([server]) => server.startsWith('production/'));
}
