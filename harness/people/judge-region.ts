import type { TelemetryWindow } from '../ports/telemetry.ts';
import { regionOf } from './region-of.ts';

export interface Judgement {
  /** Share of the expected orders, or of requests that failed. */
  readonly observed: number;
  /** Beyond the threshold, and by more than chance explains. */
  readonly fires: boolean;
  /** On the good side of the threshold. */
  readonly isBack: boolean;
}

/**
 * A count of rare, independent events strays from its mean m by more than 4·√m once in some thirty thousand windows.
 * The guard keeps small numbers from paging anybody; it needs 16 expected orders at the least.
 */
const STRAY = 4;

/** Judges one region over the given windows; null where there is nothing to judge by. */
export function judgeRegion(
  windows: readonly TelemetryWindow[],
  region: string,
  rules: { readonly orderRateBelow: number; readonly errorsAbove: number },
): { readonly orders: Judgement | null; readonly errors: Judgement | null } {
  return {
    orders: judgeOrders(windows, region, rules.orderRateBelow),
    errors: judgeErrors(windows, region, rules.errorsAbove),
  };
}

function judgeOrders(windows: readonly TelemetryWindow[], region: string, below: number): Judgement | null {
  let orders = 0;
  let expected = 0;
  for (const window of windows) {
    for (const entry of window.orders) {
      if (entry.region !== region) continue;
      orders += entry.orders;
      expected += entry.expectedOrders;
    }
  }
  if (expected <= 0) return null;
  const isLow = orders < below * expected;
  return {
    observed: orders / expected,
    fires: isLow && expected - orders > STRAY * Math.sqrt(expected),
    isBack: !isLow,
  };
}

/** The worst cell speaks for the region: a small service that fails altogether must not drown in a large one's traffic. */
function judgeErrors(windows: readonly TelemetryWindow[], region: string, above: number): Judgement | null {
  let worst: Judgement | null = null;
  let anyFires = false;
  for (const { requests, errors } of countByCell(windows, region).values()) {
    if (requests === 0) continue;
    const allowed = above * requests;
    anyFires ||= errors > allowed + STRAY * Math.sqrt(Math.max(1, allowed));
    const observed = errors / requests;
    if (worst === null || observed > worst.observed)
      worst = { observed, fires: false, isBack: observed <= above };
  }
  return worst === null ? null : { ...worst, fires: anyFires };
}

export interface CellCount {
  readonly requests: number;
  readonly errors: number;
}

/** Requests and errors by cell of the region; a cell that two builds serve counts once. */
export function countByCell(windows: readonly TelemetryWindow[], region: string): Map<string, CellCount> {
  const counts = new Map<string, CellCount>();
  for (const window of windows) {
    for (const { cell, requests, errors } of window.cells) {
      if (regionOf(cell) !== region) continue;
      const before = counts.get(cell) ?? { requests: 0, errors: 0 };
      counts.set(cell, { requests: before.requests + requests, errors: before.errors + errors });
    }
  }
  return counts;
}
