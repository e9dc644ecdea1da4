import { nextDue } from './due-times.ts';
import type { ScheduledDay } from './scheduled-day.ts';
import type { ScheduleState } from './state.ts';

/** When there is something to look at next, ms since 1970; null when nothing will ever be due. */
export function wakeAt({ schedule }: ScheduledDay, state: ScheduleState, nowMs: number): number | null {
  const { current, waiting } = state;
  const times = waiting.filter(({ isHeld }) => !isHeld || current === null).map(({ beginMs }) => beginMs);
  const dueMs = nextDue(schedule, Math.max(nowMs, state.noticedMs));
  if (dueMs !== null) times.push(dueMs);
  if (current?.phase === 'paused') times.push(current.sinceMs);
  if (current?.phase === 'running' && schedule.timeLimit !== undefined && current.stopping === null) {
    times.push(current.sinceMs + schedule.timeLimit - current.spentMs);
  }
  return times.length === 0 ? null : Math.min(...times);
}
