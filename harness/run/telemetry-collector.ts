import type { RunContext } from '../ports/run-context.ts';
import type { StartedStack } from '../ports/stack.ts';
import type { TelemetryWindow } from '../ports/telemetry.ts';
import type { World } from '../scenario/world-schema.ts';
import { expectedArrivals } from '../traffic/arrivals.ts';

export type TelemetryListener = (window: TelemetryWindow) => void;

/** The company's own monitoring: scrapes edge and services on a beat, and hands each window on after the scrape delay. */
export class TelemetryCollector {
  private readonly context: RunContext;
  private readonly stack: StartedStack;
  private readonly listeners: TelemetryListener[] = [];
  private newest: TelemetryWindow | null = null;

  constructor(context: RunContext, stack: StartedStack) {
    this.context = context;
    this.stack = stack;
  }

  /** The newest window that has been delivered. */
  get latest(): TelemetryWindow | null {
    return this.newest;
  }

  onWindow(listener: TelemetryListener): void {
    this.listeners.push(listener);
  }

  start(): void {
    const { clock, world } = this.context;
    const fromMs = clock.nowMs();
    clock.at(fromMs + world.alarms.scrapeEvery, () => {
      this.scrape(fromMs, clock.nowMs());
      this.start();
    });
  }

  private scrape(fromMs: number, toMs: number): void {
    const { clock, world } = this.context;
    const { cells, ordersByRegion } = this.stack.scrape();
    const orders = world.regions.map(region => ({
      region,
      orders: ordersByRegion[region] ?? 0,
      expectedOrders: expectedArrivals(world.shoppers, region, fromMs, toMs) * orderShare(world, region),
    }));
    const deliveredAtMs = toMs + world.alarms.scrapeDelay;
    clock.at(deliveredAtMs, () => {
      this.newest = { fromMs, toMs, deliveredAtMs, cells, orders };
      for (const listener of this.listeners) listener(this.newest);
    });
  }
}

/** Share of arrivals that end in an order on an ordinary day. */
function orderShare(world: World, region: string): number {
  const mix = world.shoppers.mix[region] ?? world.shoppers.mix.default ?? {};
  const total = Object.values(mix).reduce((sum, weight) => sum + weight, 0);
  return total === 0 ? 0 : ((mix.buy ?? 0) / total) * (1 - world.thirdParties.payment.declines);
}
