import { dueBetween, lastDue } from './due-times.ts';
import type { ScheduleEvent } from './events.ts';
import { folderOf } from './folder-of.ts';
import { jitterOf } from './jitter.ts';
import type { ScheduledDay } from './scheduled-day.ts';
import { isLate, reduce, type ScheduleState, type WaitingRun } from './state.ts';

/** Most due times that are looked at one by one; of more, the last one is known and the rest is `isAtLeast`. */
const MOST_DUE = 1_000;
const MOST_QUEUED = 10;

/**
 * All that is to be noticed and done about a game day at `nowMs`, in order; each is meant to be written down before it is
 * acted on. Empty when there is nothing. A clock that was set back finds nothing due until it has caught up.
 */
export function nextMoves(day: ScheduledDay, state: ScheduleState, nowMs: number): ScheduleEvent[] {
  const moves: ScheduleEvent[] = [];
  let now = state;
  const add = (events: readonly ScheduleEvent[]) => {
    for (const event of events) now = reduce(now, event);
    moves.push(...events);
  };
  add(changed(day, now, nowMs));
  add(noticed(day, now, nowMs));
  add(limited(day, now, nowMs));
  for (let run = readyRun(now, nowMs); run !== null; run = readyRun(now, nowMs)) {
    add(onTurn(run, day, now, nowMs));
  }
  add(resumed(now, nowMs));
  return moves;
}

function changed({ schedule }: ScheduledDay, state: ScheduleState, atMs: number): ScheduleEvent[] {
  const { cron, timeZone } = schedule;
  if (cron === state.cron && timeZone === state.timeZone) return [];
  return [{ type: 'scheduled', atMs, cron, timeZone }];
}

/** Due times since the last look: those in time are to be begun, the others were missed. */
function noticed(day: ScheduledDay, state: ScheduleState, nowMs: number): ScheduleEvent[] {
  const { id, schedule } = day;
  const span = { afterMs: state.noticedMs, untilMs: nowMs };
  const found = dueBetween(schedule, { ...span, most: MOST_DUE });
  const isAtLeast = found.length === MOST_DUE;
  const last = isAtLeast ? lastDue(schedule, span) : null;
  if (last !== null && !found.includes(last)) found.push(last);
  const runs = found.map(dueMs => ({ dueMs, beginMs: dueMs + jitterOf(id, dueMs, schedule.jitter) }));
  const late = [...state.waiting.filter(run => !run.isHeld), ...runs]
    .filter(run => isLate(run, nowMs))
    .map(({ dueMs }) => dueMs)
    .sort((a, b) => a - b);
  return [
    ...missed(late, day, { atMs: nowMs, isAtLeast }),
    ...runs.filter(run => !isLate(run, nowMs)).map(run => ({ type: 'due', atMs: nowMs, ...run }) as const),
  ];
}

function missed(
  dueTimes: readonly number[],
  { id, schedule }: ScheduledDay,
  { atMs, isAtLeast }: { readonly atMs: number; readonly isAtLeast: boolean },
): ScheduleEvent[] {
  const lastMs = dueTimes.at(-1);
  if (lastMs === undefined) return [];
  const madeUpMs = schedule.missed === 'run-once' ? atMs + jitterOf(id, lastMs, schedule.jitter) : null;
  return [{ type: 'missed', atMs, dueTimes, isAtLeast, madeUpMs }];
}

function limited({ schedule }: ScheduledDay, { current }: ScheduleState, nowMs: number): ScheduleEvent[] {
  if (schedule.timeLimit === undefined || current?.phase !== 'running' || current.stopping !== null)
    return [];
  if (current.spentMs + nowMs - current.sinceMs < schedule.timeLimit) return [];
  return [{ type: 'stopping', atMs: nowMs, dueMs: current.dueMs, because: 'time-limit' }];
}

/** The next run that something is to be decided about: whose time has come, or that was held and is free to go. */
function readyRun({ waiting, current }: ScheduleState, nowMs: number): WaitingRun | null {
  const ready = waiting
    .filter(({ beginMs, isHeld }) => beginMs <= nowMs && !(isHeld && current !== null))
    .sort((a, b) => Number(b.isHeld) - Number(a.isHeld) || a.beginMs - b.beginMs || a.dueMs - b.dueMs);
  return ready[0] ?? null;
}

function onTurn(
  { dueMs }: WaitingRun,
  { id, schedule }: ScheduledDay,
  { current, waiting }: ScheduleState,
  atMs: number,
): ScheduleEvent[] {
  if (current === null) return [{ type: 'begun', atMs, dueMs, folder: folderOf(id, dueMs) }];
  const held = waiting.filter(({ isHeld }) => isHeld);
  switch (schedule.overlap) {
    case 'forbid':
      return [{ type: 'skipped', atMs, dueMs, because: 'overlap' }];
    case 'queue':
      if (held.length >= MOST_QUEUED) return [{ type: 'skipped', atMs, dueMs, because: 'queue-full' }];
      return [{ type: 'held', atMs, dueMs }];
    case 'replace': {
      const older = held.map(
        run => ({ type: 'skipped', atMs, dueMs: run.dueMs, because: 'replaced' }) as const,
      );
      const before = { atMs, dueMs: current.dueMs };
      if (current.phase === 'paused') return [...older, { type: 'ended', ...before, outcome: 'replaced' }];
      const stop = { type: 'stopping', ...before, because: 'replaced' } as const;
      return [...older, ...(current.stopping === null ? [stop] : []), { type: 'held', atMs, dueMs }];
    }
  }
}

function resumed({ current }: ScheduleState, atMs: number): ScheduleEvent[] {
  if (current?.phase !== 'paused' || current.sinceMs > atMs) return [];
  return [{ type: 'resumed', atMs, dueMs: current.dueMs, folder: current.folder }];
}
