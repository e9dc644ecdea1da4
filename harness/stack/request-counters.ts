import { build as buildHistogram, type Histogram } from 'hdr-histogram-js';
import { parseResource } from '../ports/resource.ts';
import type { CellTelemetry } from '../ports/telemetry.ts';

interface Count {
  readonly slot: string;
  readonly build: string;
  requests: number;
  errors: number;
  readonly latencyMs: Histogram;
}

/** What edge and services count of the requests they serve, by slot and build. Bounded memory, whatever the traffic. */
export class RequestCounters {
  private readonly current = new Map<string, Count>();
  private readonly extra = new Set<Count>();

  record(slot: string, build: string, latencyMs: number, failed: boolean): void {
    const key = `${slot} ${build}`;
    let count = this.current.get(key);
    if (count === undefined) {
      count = emptyCount(slot, build);
      this.current.set(key, count);
    }
    add(count, latencyMs, failed);
    for (const other of this.extra) {
      if (other.slot === slot && other.build === build) add(other, latencyMs, failed);
    }
  }

  /** Starts an extra count of one build in one slot; the returned function reads and ends it. Null: nothing was served. */
  count(slot: string, build: string): () => CellTelemetry | null {
    const count = emptyCount(slot, build);
    this.extra.add(count);
    return () => {
      this.extra.delete(count);
      return count.requests === 0 ? null : toTelemetry(count);
    };
  }

  /** Production cells that served requests since the last call. */
  scrape(): readonly CellTelemetry[] {
    const telemetry: CellTelemetry[] = [];
    for (const count of this.current.values()) {
      if (count.requests > 0 && parseResource(count.slot)?.environment === 'production') {
        telemetry.push(toTelemetry(count));
      }
      count.requests = 0;
      count.errors = 0;
      count.latencyMs.reset();
    }
    return telemetry;
  }
}

function emptyCount(slot: string, build: string): Count {
  const latencyMs = buildHistogram({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 600_000,
    numberOfSignificantValueDigits: 2,
  });
  return { slot, build, requests: 0, errors: 0, latencyMs };
}

function add(count: Count, latencyMs: number, failed: boolean): void {
  count.requests++;
  if (failed) count.errors++;
  count.latencyMs.recordValue(Math.min(Math.max(1, Math.round(latencyMs)), 600_000));
}

function toTelemetry(count: Count): CellTelemetry {
  return {
    cell: count.slot.slice(count.slot.indexOf(':') + 1),
    build: count.build,
    requests: count.requests,
    errors: count.errors,
    latencyMsP50: count.latencyMs.getValueAtPercentile(50),
    latencyMsP99: count.latencyMs.getValueAtPercentile(99),
  };
}
