import type { CellTelemetry } from '../../guardrail.ts';
import { SlidingCount } from './sliding-count.ts';

/** One alert: burning means above `threshold` over the long and the short span at once. */
export interface BurnAlert {
  readonly longMs: number;
  readonly shortMs: number;
  /** Burn rate: error ratio as a multiple of what the objective allows. */
  readonly threshold: number;
}

export interface BurnOptions {
  readonly alerts: readonly BurnAlert[];
  /** Share of requests that may fail: 1 − objective. */
  readonly allowedRatio: number;
  readonly minErrors: number;
  /** After so long without telemetry, requests that were to be expected count as failed; null: silence counts as nothing. */
  readonly absentAfterMs: number | null;
}

/** Requests that a silent cell must have been expected to answer before its silence says anything. */
const MIN_EXPECTED_REQUESTS = 20;
/** The span over which the ordinary rate of requests is taken. */
const RATE_SPAN_MS = 3_600_000;
/** A shorter acquaintance says little of a cell's ordinary rate, so the rate is taken as if it had lasted this long. */
const LEAST_RATE_SPAN_MS = 900_000;

/** What one cell's telemetry says of its error budget. */
export class CellBurn {
  private readonly options: BurnOptions;
  private readonly counts: readonly { alert: BurnAlert; long: SlidingCount; short: SlidingCount }[];
  private readonly rate = new SlidingCount(RATE_SPAN_MS);
  private readonly firstSeenMs: number;
  private lastSeenMs: number;
  private charged = 0;

  constructor(options: BurnOptions, atMs: number) {
    this.options = options;
    this.firstSeenMs = atMs;
    this.lastSeenMs = atMs;
    this.counts = options.alerts.map(alert => ({
      alert,
      long: new SlidingCount(alert.longMs),
      short: new SlidingCount(alert.shortMs),
    }));
  }

  /** Takes one window: its telemetry, or null when the cell sent none. */
  take(window: { readonly fromMs: number; readonly toMs: number }, telemetry: CellTelemetry | null): void {
    if (telemetry !== null) {
      this.lastSeenMs = window.toMs;
      this.charged = 0;
      this.rate.add(window.toMs, telemetry.requests, telemetry.errors);
      this.add(window.toMs, telemetry.requests, telemetry.errors);
      return;
    }
    const lost = this.lostRequests(window.toMs);
    this.add(window.toMs, lost, lost);
  }

  /** The highest burn rate that is above its alert's threshold over both spans, or null. */
  burning(): { readonly rate: number; readonly threshold: number } | null {
    let worst: { rate: number; threshold: number } | null = null;
    for (const { alert, long, short } of this.counts) {
      if (long.errors < this.options.minErrors) continue;
      const rate = Math.min(burnOf(long, this.options), burnOf(short, this.options));
      if (rate >= alert.threshold && (worst === null || rate > worst.rate)) {
        worst = { rate, threshold: alert.threshold };
      }
    }
    return worst;
  }

  private add(atMs: number, requests: number, errors: number): void {
    for (const { long, short } of this.counts) {
      long.add(atMs, requests, errors);
      short.add(atMs, requests, errors);
    }
  }

  /** Requests not answered since the last telemetry, less those already charged. */
  private lostRequests(nowMs: number): number {
    const { absentAfterMs } = this.options;
    const silentMs = nowMs - this.lastSeenMs;
    if (absentAfterMs === null || silentMs < absentAfterMs) return 0;
    const knownMs = Math.max(LEAST_RATE_SPAN_MS, Math.min(RATE_SPAN_MS, this.lastSeenMs - this.firstSeenMs));
    const expected = Math.floor((this.rate.requests * silentMs) / knownMs);
    if (expected < MIN_EXPECTED_REQUESTS) return 0;
    const lost = expected - this.charged;
    this.charged = expected;
    return lost;
  }
}

function burnOf(count: SlidingCount, { allowedRatio }: BurnOptions): number {
  const ratio = count.errorRatio();
  return ratio === null ? 0 : ratio / allowedRatio;
}
