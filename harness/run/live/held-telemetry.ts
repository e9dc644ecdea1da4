import type { SlotId } from '../../ports/stack.ts';
import type { CellTelemetry } from '../../ports/telemetry.ts';

/** What one arriving shopper brings to one build of a cell, on average; latencies as the sample had them. */
export interface CellRate {
  readonly cell: string;
  readonly build: string;
  readonly requests: number;
  readonly errors: number;
  readonly latencyMsP50: number;
  readonly latencyMsP99: number;
}

interface Count {
  readonly cell: string;
  readonly build: string;
  requests: number;
  errors: number;
  latencyMsP50: number;
  latencyMsP99: number;
}

/** The rates of a region per arriving shopper, from what edge and services counted while `arrivals` shoppers walked there. */
export function ratesOf(
  cells: readonly CellTelemetry[],
  region: string,
  arrivals: number,
): readonly CellRate[] {
  if (arrivals === 0) return [];
  return cells
    .filter(({ cell }) => cell.endsWith(`/${region}`))
    .map(cell => ({ ...cell, requests: cell.requests / arrivals, errors: cell.errors / arrivals }));
}

/**
 * Telemetry while world time jumps: each shopper who arrives adds what a shopper of the sample brought. Counts are whole
 * numbers when they are read; what is left over stays for the next window.
 */
export class HeldTelemetry {
  private readonly current = new Map<string, Count>();
  private readonly extra = new Set<Count>();
  private orders: Record<string, number> = {};
  private backlog: CellTelemetry[] = [];

  /** A shopper has arrived. */
  arrive(rates: readonly CellRate[]): void {
    for (const rate of rates) {
      const key = `${rate.cell} ${rate.build}`;
      const count = this.current.get(key) ?? emptyCount(rate.cell, rate.build);
      this.current.set(key, count);
      add(count, rate);
      for (const other of this.extra) if (isSame(other, rate)) add(other, rate);
    }
  }

  order(region: string): void {
    this.orders[region] = (this.orders[region] ?? 0) + 1;
  }

  /** Keeps what the stack counted of requests that were no shopper's, for the next scrape. */
  keep(cells: readonly CellTelemetry[]): void {
    this.backlog.push(...cells);
  }

  scrape(): { readonly cells: readonly CellTelemetry[]; readonly ordersByRegion: Record<string, number> } {
    const cells = [...this.backlog, ...[...this.current.values()].flatMap(count => takeWhole(count) ?? [])];
    const ordersByRegion = this.orders;
    this.orders = {};
    this.backlog = [];
    return { cells, ordersByRegion };
  }

  /** Counts one build of a production slot from now on; the returned function reads and ends the count. */
  count(slot: SlotId, build: string): () => CellTelemetry | null {
    const count = emptyCount(slot.slice(slot.indexOf(':') + 1), build);
    this.extra.add(count);
    return () => {
      this.extra.delete(count);
      return takeWhole(count);
    };
  }
}

function emptyCount(cell: string, build: string): Count {
  return { cell, build, requests: 0, errors: 0, latencyMsP50: 0, latencyMsP99: 0 };
}

function isSame(count: Count, { cell, build }: CellRate): boolean {
  return count.cell === cell && count.build === build;
}

/** Latencies are those of the newest sample, since percentiles cannot be added. */
function add(count: Count, rate: CellRate): void {
  count.requests += rate.requests;
  count.errors += rate.errors;
  count.latencyMsP50 = rate.latencyMsP50;
  count.latencyMsP99 = rate.latencyMsP99;
}

/** The whole requests that have come together; null while there is none. */
function takeWhole(count: Count): CellTelemetry | null {
  const requests = Math.floor(count.requests + 1e-9);
  if (requests === 0) return null;
  const errors = Math.min(requests, Math.floor(count.errors + 1e-9));
  count.requests -= requests;
  count.errors -= errors;
  return { ...count, requests, errors };
}
