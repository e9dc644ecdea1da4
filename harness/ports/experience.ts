import type { CellId } from './resource.ts';

/** One step of a journey as the shopper lived it. */
export interface StepExperience {
  /** The cell whose job the step is, whoever was at fault. */
  readonly cell: CellId;
  readonly succeeded: boolean;
}

/** An order as the shopper saw it confirmed. */
export interface ConfirmedOrder {
  readonly orderId: string;
  readonly lines: readonly {
    readonly productId: string;
    readonly quantity: number;
    readonly unitCents: number;
  }[];
  readonly totalCents: number;
  /** Days promised for delivery; null when the shop promised nothing. */
  readonly promisedDays: number | null;
}

/** One journey from its first step to its last, or to the step at which the shopper gave up. */
export interface JourneyExperience {
  readonly shopper: string;
  readonly journey: string;
  readonly region: string;
  readonly startedMs: number;
  readonly finishedMs: number;
  readonly succeeded: boolean;
  readonly steps: readonly StepExperience[];
  readonly order: ConfirmedOrder | null;
  /** What the assistant told the shopper, when asked. */
  readonly answer: { readonly question: string; readonly text: string } | null;
  /**
   * On the live stacks only. `measured`: this shopper really went through the shop. `extrapolated`: the shopper lived what
   * one of the latest sample did.
   */
  readonly basis?: Basis;
}

/** Where a figure of a live stack comes from. */
export type Basis = 'measured' | 'extrapolated';

/** Hears of every journey as it ends. The oracle is one. */
export type JourneyListener = (journey: JourneyExperience) => void;
