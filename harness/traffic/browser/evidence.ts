import type { JourneyName } from '../../scenario/world-schema.ts';

/** Against the mistake: when a shopper went through the shop. */
export type BrowserMoment = 'before' | 'during' | 'after';

/** One page that the shopper came to, or failed to come to. */
export interface BrowserStep {
  readonly name: string;
  readonly succeeded: boolean;
  /** From the click or the address to the page, ms by the clock given. */
  readonly durationMs: number;
  /** HTTP status of the page; null when none came. */
  readonly status: number | null;
  /** What the page said: the notice on it, else its heading, else its first words; why there is none, when there is none. */
  readonly saw: string;
  /** File name in the evidence folder; null when the browser could not take the picture. */
  readonly screenshot: string | null;
}

export interface BrowserJourney {
  readonly journey: JourneyName;
  readonly succeeded: boolean;
  /** Up to the step that the shopper gave up at. */
  readonly steps: readonly BrowserStep[];
  /** File name of the Playwright trace (open with `npx playwright show-trace`); null when the journey succeeded. */
  readonly trace: string | null;
}

/** What a shopper with a browser lived through in one region. */
export interface BrowserEvidence {
  readonly when: BrowserMoment;
  readonly region: string;
  readonly journeys: readonly BrowserJourney[];
}
