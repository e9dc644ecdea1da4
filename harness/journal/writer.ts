import type { Clock } from '../kernel/clock.ts';
import type { JournalEvent } from './events.ts';
import type { Journal } from './journal.ts';

/** Takes whole lines, each ending in a newline. */
export interface LineSink {
  append(line: string): void;
}

/** Numbers events, stamps them with world time, and hands each on as one line of JSON. */
export function createJournal(clock: Pick<Clock, 'nowMs'>, sink: LineSink): Journal {
  let seq = 0;
  return {
    write: (event: JournalEvent) => {
      const { type, ...rest } = event;
      sink.append(`${JSON.stringify({ seq, atMs: clock.nowMs(), type, ...rest })}\n`);
      return seq++;
    },
  };
}

/** Keeps lines in memory: for re-runs that nobody reads afterwards, and for tests. */
export function memorySink(): LineSink & { text(): string } {
  const lines: string[] = [];
  return { append: line => lines.push(line), text: () => lines.join('') };
}
