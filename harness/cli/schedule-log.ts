import type { ScheduleEvent } from '../gameday/schedule/events.ts';
import type { SchedulerNote } from '../gameday/schedule/ports.ts';
import { formatDuration } from '../kernel/duration.ts';
import { safeText } from '../report/safe-text.ts';
import type { Output } from './output.ts';
import type { FilesNote } from './schedule-files.ts';
import { nowText } from './wall-clock.ts';

/** A line of the log before it has a form. */
export interface LogLine {
  readonly level: 'info' | 'warning' | 'error';
  readonly event: string;
  readonly gameDay?: string;
  readonly words: string;
  /** For programs; times in ISO 8601. */
  readonly fields?: Readonly<Record<string, string | number | boolean | null>>;
}

export type WriteLog = (line: LogLine) => void;

/** Writes lines to standard error: sentences, or JSON objects with `time`, `level`, `event`, `gameDay`, `message`. */
export function createScheduleLog(output: Output, form: 'words' | 'json'): WriteLog {
  return ({ level, event, gameDay, words, fields }) => {
    const time = nowText();
    const message = safeText(words, 2_000);
    if (form === 'json') {
      output.people(`${JSON.stringify({ time, level, event, gameDay, message, ...fields })}\n`);
      return;
    }
    const stamp = `${time.slice(0, 19).replace('T', ' ')}Z`;
    const about = gameDay === undefined ? '' : `${gameDay}: `;
    output.people(`${stamp} ${level === 'info' ? '' : `${level}: `}${about}${message}\n`);
  };
}

/** What is logged of a note; null for what is not. */
export function logLineOf(note: SchedulerNote | FilesNote): LogLine | null {
  switch (note.type) {
    case 'looked':
      return null;
    case 'event':
      return eventLine(note.gameDay, note.event);
    case 'claimed': {
      const { current, waiting } = note.state;
      const rest = current === null ? '' : `; the run of ${iso(current.dueMs)} is not finished`;
      return line('info', note, `scheduled here; ${waiting.length} waiting${rest}`);
    }
    case 'standby':
      return line('warning', note, 'another scheduler runs it from the same folder; standing by');
    case 'adopted':
      return line('warning', note, `its run in ${note.folder} still goes on; waiting for it to end`, {
        folder: note.folder,
      });
    case 'clock-behind':
      return line(
        'error',
        note,
        `the clock is ${formatDuration(note.byMs)} behind what was already done; nothing is due until it has caught up`,
      );
    case 'failed':
      return line('error', note, note.message);
    case 'reloaded':
      return { level: 'info', event: 'reloaded', words: `read again: ${note.gameDays.join(', ')}` };
    case 'invalid':
      return {
        ...{ level: 'error', event: 'invalid' },
        words: `the files changed and are not valid, so they stay as they were: ${note.message}`,
      };
  }
}

function line(
  level: LogLine['level'],
  { type, gameDay }: { readonly type: string; readonly gameDay: string },
  words: string,
  fields: NonNullable<LogLine['fields']> = {},
): LogLine {
  return { level, event: type, gameDay, words, fields };
}

function eventLine(gameDay: string, event: ScheduleEvent): LogLine {
  const level = levelOf(event);
  const about = { type: event.type, gameDay };
  if (event.type === 'scheduled') {
    return line(level, about, `due at "${event.cron}" in ${event.timeZone}`, {
      cron: event.cron,
      timeZone: event.timeZone,
    });
  }
  if (event.type === 'missed') {
    const { dueTimes, isAtLeast, madeUpMs } = event;
    const count = dueTimes.length;
    const [first = '', last = first] = [dueTimes[0], dueTimes.at(-1)].map(time => iso(time ?? 0));
    const span = count === 1 ? first : `${first} to ${last}`;
    const many = `${isAtLeast ? 'at least ' : ''}${count} missed, ${span}`;
    const words = `${many}; ${madeUpMs === null ? 'skipped' : `one run makes up for them at ${iso(madeUpMs)}`}`;
    return line(level, about, words, {
      first,
      last,
      count,
      isAtLeast,
      madeUp: madeUpMs === null ? null : iso(madeUpMs),
    });
  }
  const { type, atMs, dueMs, ...rest } = event;
  const fields = Object.fromEntries(
    Object.entries(rest).map(([key, value]) =>
      typeof value === 'number' ? [key.replace(/Ms$/, ''), iso(value)] : [key, value],
    ),
  );
  return line(level, about, `the run of ${iso(dueMs)} ${wordsOf(event)}`, { due: iso(dueMs), ...fields });
}

function wordsOf(event: Exclude<ScheduleEvent, { type: 'scheduled' | 'missed' }>): string {
  switch (event.type) {
    case 'due':
      return `is due, and begins at ${iso(event.beginMs)}`;
    case 'held':
      return 'waits for the one before';
    case 'skipped':
      return {
        overlap: 'is skipped: the one before still runs',
        'queue-full': 'is skipped: the queue is full',
        replaced: 'is skipped: a newer one is due',
      }[event.because];
    case 'begun':
      return `has begun in ${event.folder}`;
    case 'resumed':
      return `goes on in ${event.folder}`;
    case 'stopping':
      return {
        replaced: 'is being ended: the next one is due',
        'time-limit': 'is being ended: its time is used up',
        shutdown: 'is being ended with the scheduler',
      }[event.because];
    case 'paused': {
      const why = {
        shutdown: 'was interrupted',
        trouble: 'died',
        outdated: 'cannot go on: its files have changed',
      }[event.because];
      return `${why}; it goes on in ${event.folder} from ${iso(event.resumeMs)}`;
    }
    case 'ended':
      return `has ended: ${event.outcome}`;
  }
}

function levelOf(event: ScheduleEvent): LogLine['level'] {
  if (event.type === 'ended') return event.outcome === 'held' ? 'info' : 'warning';
  const isBad =
    event.type === 'missed' ||
    event.type === 'skipped' ||
    (event.type === 'stopping' && event.because !== 'shutdown') ||
    (event.type === 'paused' && event.because !== 'shutdown');
  return isBad ? 'warning' : 'info';
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString().replace('.000Z', 'Z');
}
