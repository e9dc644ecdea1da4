import type { Change } from './changes.ts';
import type { HistoryPoint } from './point.ts';
import type { Streak } from './streaks.ts';

export const HISTORY_SCHEMA = 'brakecheck/history/v1';

/** What `brakecheck history --json` prints. Within a version fields are only added. */
export interface History {
  readonly schema: typeof HISTORY_SCHEMA;
  /** The folder that was looked through. */
  readonly folder: string;
  readonly series: readonly Series[];
  /** Folders that tell nothing, and why. */
  readonly skipped: readonly Skipped[];
  /** Game days and runs that are older than the newest `limit`, and were not read. */
  readonly older: number;
}

export interface Skipped {
  readonly directory: string;
  readonly because: string;
}

/** One profile in one game day over time; for single runs one profile put to one and the same suite. */
export interface Series {
  /** Null: single runs. */
  readonly gameDay: string | null;
  readonly profile: string;
  /** For comparison only, as its latest game day says. */
  readonly baseline: boolean;
  /** The oldest first. */
  readonly points: readonly HistoryPoint[];
  /** Against what was asked alike before, the oldest first. */
  readonly changes: readonly Change[];
  /** What is not compared with what was before it, and why. */
  readonly leftOut: readonly string[];
  /** How long each scenario of the latest point has had its verdict. */
  readonly streaks: readonly Streak[];
}
