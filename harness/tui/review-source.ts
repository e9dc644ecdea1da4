import type { OpenRun } from '../review/open-run.ts';
import type { ListEntry } from './list-entry.ts';

/** Where the screens get what they show. The only part of a review that touches a disk; it throws `HarnessError`s. */
export interface ReviewSource {
  /** Runs and game days, the newest first, the runs of a game day below it. */
  list(): readonly ListEntry[];
  /** A run's folder; null while it holds nothing yet, which only a live run does. */
  openRun(directory: string): OpenRun | null;
  /** A game day's scoreboard as lines. */
  gameDayPage(directory: string): readonly string[];
}
