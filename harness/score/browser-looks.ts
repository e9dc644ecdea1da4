import type { BrowsedJourney, BrowserMoment } from '../journal/events.ts';
import { type ArmRecord, linesOf } from './arm-record.ts';

/** What a shopper with a browser lived through in a region; or why there is no such evidence. */
export interface BrowserLook {
  readonly when: BrowserMoment;
  readonly region: string;
  /** World time, ms. */
  readonly atMs: number;
  /** Line of the journal. */
  readonly seq: number;
  /** Files are relative to the run's folder. */
  readonly journeys: readonly BrowsedJourney[];
  readonly missing: string | null;
}

/** The looks of one arm in order; empty in the simulation, and where none was asked for. */
export function browserLooks(record: ArmRecord): BrowserLook[] {
  return linesOf(record, 'browser').map(({ when, region, atMs, seq, journeys, missing }) => {
    return { when, region, atMs, seq, journeys, missing };
  });
}
