import type { Scrape } from '../../ports/stack.ts';
import type { CellTelemetry } from '../../ports/telemetry.ts';
import { RequestCounters } from '../request-counters.ts';
import type { Served } from './controls.ts';

/** What edges and instances of a live stack counted, whether told at once or read from them later. */
export class TrafficBook {
  private readonly counters = new RequestCounters();
  private orders = new Map<string, number>();

  served(slot: string, build: string, { latencyMs, failed }: Served): void {
    this.counters.record(slot, build, latencyMs, failed);
  }

  ordered(region: string, orders: number): void {
    if (orders > 0) this.orders.set(region, (this.orders.get(region) ?? 0) + orders);
  }

  count(slot: string, build: string): () => CellTelemetry | null {
    return this.counters.count(slot, build);
  }

  scrape(): Scrape {
    const ordersByRegion = Object.fromEntries(this.orders);
    this.orders = new Map();
    return { cells: this.counters.scrape(), ordersByRegion };
  }
}
