import type { BrowsedJourney, BrowserMoment } from '../../journal/events.ts';
import type { ShopDirectory } from '../../traffic/journey.ts';

export interface BrowserLook {
  /** Base URL of each region's shop. */
  readonly edges: Readonly<Record<string, string>>;
  readonly region: string;
  readonly when: BrowserMoment;
  /** Number of the look in its arm, from 1: files of two looks must not meet. */
  readonly number: number;
  readonly shop: Pick<ShopDirectory, 'productIds' | 'customer'>;
  /** Ends the look; what has been seen until then is returned. */
  readonly signal: AbortSignal;
}

/** Somebody who can go through the shop with a browser. */
export interface BrowserShopper {
  /** True when a run without this evidence is not wanted. */
  readonly isRequired: boolean;
  /** Files in what it returns are relative to the run's folder. Rejects when the browser does not start, not when the shop fails. */
  look(order: BrowserLook): Promise<readonly BrowsedJourney[]>;
}

/** The arm's browser; without one, the reason why, which the journal keeps. */
export type ArmBrowser = BrowserShopper | { readonly missing: string };
