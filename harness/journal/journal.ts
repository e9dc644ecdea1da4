import type { JournalEvent } from './events.ts';

/** Where events go as they happen. The only thing that a part of a run needs to be heard. */
export interface Journal {
  /** Appends the event at the current world time; returns its sequence number. */
  write(event: JournalEvent): number;
}
