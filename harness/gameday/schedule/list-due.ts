import { nextDue } from './due-times.ts';
import { jitterOf } from './jitter.ts';
import { localTime } from './local-time.ts';
import type { ScheduledDay } from './scheduled-day.ts';

/** One due time, for people and programs. */
export interface ListedDue {
  readonly gameDay: string;
  /** In the game day's zone: `Tue 2026-03-31 10:00 +02:00`. */
  readonly local: string;
  readonly timeZone: string;
  /** UTC, ISO 8601. */
  readonly due: string;
  /** With its jitter. */
  readonly begins: string;
}

/** The next `count` due times of each game day after `fromMs`, the earliest first. */
export function listDue(days: readonly ScheduledDay[], fromMs: number, count: number): ListedDue[] {
  return days
    .flatMap(day => nextOf(day, fromMs, count))
    .sort((a, b) => a.dueMs - b.dueMs || (a.gameDay < b.gameDay ? -1 : 1))
    .map(({ dueMs, beginMs, gameDay, timeZone }) => ({
      ...{ gameDay, local: localTime(dueMs, timeZone), timeZone },
      due: new Date(dueMs).toISOString(),
      begins: new Date(beginMs).toISOString(),
    }));
}

function nextOf({ id, schedule }: ScheduledDay, fromMs: number, count: number) {
  const listed: { dueMs: number; beginMs: number; gameDay: string; timeZone: string }[] = [];
  let afterMs = fromMs;
  while (listed.length < count) {
    const dueMs = nextDue(schedule, afterMs);
    if (dueMs === null) break;
    const beginMs = dueMs + jitterOf(id, dueMs, schedule.jitter);
    listed.push({ dueMs, beginMs, gameDay: id, timeZone: schedule.timeZone });
    afterMs = dueMs;
  }
  return listed;
}
