import type { CellId } from '../ports/resource.ts';

/** One probe of steady state, with what it saw. */
export interface GateProbe {
  readonly journey: string;
  readonly region: string;
  readonly attempts: number;
  /** Share of attempts that succeeded; null without data, which is never met. */
  readonly successRatio: number | null;
  readonly atLeast: number;
  readonly met: boolean;
  /** Said where it was not the shoppers over the API that were counted. */
  readonly by?: 'browser';
}

/** One journey in one region over one window. */
export interface JourneyWindow {
  readonly journey: string;
  readonly region: string;
  readonly succeeded: number;
  readonly failed: number;
  /** Journeys by whole-journey latency: `[upper bound in ms, count]`, bounds being powers of two. */
  readonly latency: readonly (readonly [number, number])[];
  /** Steps by the cell that owns them: `[cell, attempts, failures]`. */
  readonly steps: readonly (readonly [CellId, number, number])[];
}

/** What was sold, promised and said in one region over one window. */
export interface MoneyWindow {
  readonly region: string;
  readonly orders: number;
  readonly revenueCents: number;
  readonly mispricedOrders: number;
  readonly mischargedCents: number;
  readonly wrongPromises: number;
  readonly offPolicyAnswers: number;
}

/** One journey in one region over one sample of a live stack. */
export interface SampledJourney {
  readonly journey: string;
  readonly region: string;
  readonly attempts: number;
  readonly succeeded: number;
  /** Of whole journeys that succeeded; null when none did. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

/** One page that a shopper with a browser came to, or failed to come to. */
export interface BrowsedStep {
  readonly name: string;
  readonly succeeded: boolean;
  /** Real time from the click or the address to the page, ms. */
  readonly durationMs: number;
  /** HTTP status of the page; null when none came. */
  readonly status: number | null;
  /** What the page said, or why there is none. */
  readonly saw: string;
  /** Picture of the page, relative to the run's folder; null when there is none. */
  readonly screenshot: string | null;
}

/** One journey through the shop's pages. */
export interface BrowsedJourney {
  readonly journey: string;
  readonly succeeded: boolean;
  /** Up to the step that the shopper gave up at. */
  readonly steps: readonly BrowsedStep[];
  /** Playwright's trace of a journey that failed, relative to the run's folder; else null. */
  readonly trace: string | null;
}

/** One cell when the oracle took stock. */
export interface CellSnapshot {
  readonly cell: CellId;
  readonly instances: number;
  readonly builds: readonly string[];
  readonly hasDatabase: boolean;
  /** Per watched table, against the state before the mistake. */
  readonly tables: readonly {
    readonly table: string;
    readonly rows: number;
    readonly lost: number;
    readonly corrupted: number;
  }[];
}
