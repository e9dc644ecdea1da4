import type { CellId } from './resource.ts';

/** What a company sees of one cell in one window: scraped from edge and services, late, and missing when the cell is gone. */
export interface CellTelemetry {
  readonly cell: CellId;
  /** Build that served the requests. */
  readonly build: string;
  readonly requests: number;
  /** Answers of 500 and above, and requests that got no answer. */
  readonly errors: number;
  readonly latencyMsP50: number;
  readonly latencyMsP99: number;
}

export interface RegionOrders {
  readonly region: string;
  readonly orders: number;
  /** Orders of the same window on an ordinary day, from the daily curve. */
  readonly expectedOrders: number;
}

/** One window of telemetry. */
export interface TelemetryWindow {
  readonly fromMs: number;
  readonly toMs: number;
  /** When the window reached whoever reads it: later than `toMs` by the scrape delay. */
  readonly deliveredAtMs: number;
  readonly cells: readonly CellTelemetry[];
  readonly orders: readonly RegionOrders[];
}
