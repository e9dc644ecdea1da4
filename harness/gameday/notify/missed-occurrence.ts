import type { ScheduleEvent } from '../schedule/events.ts';
import { broughtNoAnswer } from '../schedule/events.ts';
import type { Occurrence } from './notice.ts';

/** What is told of an event of the scheduler; null unless a due game day brought no answer. */
export function missedOccurrence(event: ScheduleEvent): Occurrence | null {
  if (!broughtNoAnswer(event)) return null;
  const words = wordsOf(event);
  if (words === null) return null;
  return {
    events: ['schedule-missed'],
    sentence: words.sentence,
    ...{ scenario: null, profile: null, before: null },
    after: words.after,
  };
}

function wordsOf(event: ScheduleEvent): { sentence: string; after: string } | null {
  switch (event.type) {
    case 'missed': {
      const { dueTimes, isAtLeast, madeUpMs } = event;
      const [first = 0] = dueTimes;
      const last = dueTimes.at(-1) ?? first;
      const many = `${isAtLeast ? 'at least ' : ''}${dueTimes.length}`;
      const due =
        dueTimes.length === 1
          ? `the run of ${iso(first)} was`
          : `${many} runs, ${iso(first)} to ${iso(last)}, were`;
      const then =
        madeUpMs === null ? 'and are not made up for' : `one run makes up for them at ${iso(madeUpMs)}`;
      const single = madeUpMs === null ? 'and is not made up for' : then;
      return {
        sentence: `${due} missed while no scheduler was up, ${dueTimes.length === 1 ? single : then}`,
        after: 'missed',
      };
    }
    case 'skipped': {
      const why = {
        overlap: 'the one before still ran',
        'queue-full': 'the queue was full',
        replaced: 'a newer one was due',
      }[event.because];
      return { sentence: `the run of ${iso(event.dueMs)} was skipped: ${why}`, after: 'skipped' };
    }
    case 'ended':
      return {
        sentence: `the run of ${iso(event.dueMs)} ended without an answer: ${event.outcome}`,
        after: event.outcome,
      };
    default:
      return null;
  }
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString().replace('.000Z', 'Z');
}
