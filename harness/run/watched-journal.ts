import type { JournalEvent } from '../journal/events.ts';
import type { Journal } from '../journal/journal.ts';

/** A journal that others can follow as it is written. Listeners are called after the event has its place. */
export interface WatchedJournal extends Journal {
  onEvent(listener: (event: JournalEvent) => void): void;
}

export function watchJournal(journal: Journal): WatchedJournal {
  const listeners: ((event: JournalEvent) => void)[] = [];
  return {
    write: event => {
      const seq = journal.write(event);
      for (const listener of listeners) listener(event);
      return seq;
    },
    onEvent: listener => {
      listeners.push(listener);
    },
  };
}

/** True for events that tell of a changed world. */
export function isChange(
  event: JournalEvent,
): event is Extract<JournalEvent, { type: 'effect-finished' | 'rollout-step' }> {
  return (
    (event.type === 'effect-finished' && event.changed) ||
    (event.type === 'rollout-step' && event.step === 'started')
  );
}
