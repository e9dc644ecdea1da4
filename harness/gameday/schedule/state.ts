import { invariant } from '../../kernel/invariant.ts';
import type { RunOutcome, ScheduleEvent, StopReason } from './events.ts';

export const SCHEDULE_STATE_SCHEMA = 'brakecheck/schedule-state/v1';
const MOST_RECENT = 20;
/** What begins up to this much later than it should is on time: a scheduler that is just being restarted misses nothing. */
const GRACE_MS = 60_000;

/** A due run that has not begun. */
export interface WaitingRun {
  readonly dueMs: number;
  readonly beginMs: number;
  /** Its time has come, and it waits for the one before: it is never missed. */
  readonly isHeld: boolean;
}

/** The run that goes on, or that will be gone on with. */
export interface CurrentRun {
  readonly dueMs: number;
  readonly folder: string;
  readonly phase: 'running' | 'paused';
  /** When this sitting began, or when the next one may. */
  readonly sinceMs: number;
  /** Of the sittings before this one whose end was seen. */
  readonly spentMs: number;
  readonly sittings: number;
  /** Sittings that ended without anybody asking. */
  readonly troubles: number;
  readonly stopping: StopReason | null;
}

interface EndedRun {
  readonly dueMs: number;
  readonly endedMs: number;
  readonly outcome: RunOutcome;
  readonly folder: string;
  readonly spentMs: number;
}

/** All that a scheduler must know of a game day after a crash. JSON, written whole. Times are ms since 1970. */
export interface ScheduleState {
  readonly schema: typeof SCHEDULE_STATE_SCHEMA;
  readonly gameDay: string;
  readonly cron: string;
  readonly timeZone: string;
  /** Every due time up to here has been noticed. */
  readonly noticedMs: number;
  readonly waiting: readonly WaitingRun[];
  readonly current: CurrentRun | null;
  /** The newest first. */
  readonly recent: readonly EndedRun[];
}

/** The state of a game day that no scheduler has seen: nothing from before `nowMs` counts. */
export function newScheduleState(gameDay: string, nowMs: number): ScheduleState {
  return {
    schema: SCHEDULE_STATE_SCHEMA,
    ...{ gameDay, cron: '', timeZone: '', noticedMs: nowMs },
    ...{ waiting: [], current: null, recent: [] },
  };
}

/** What an event makes of the state. */
export function reduce(state: ScheduleState, event: ScheduleEvent): ScheduleState {
  switch (event.type) {
    case 'scheduled':
      return reschedule(state, event);
    case 'due':
      return {
        ...state,
        noticedMs: Math.max(state.noticedMs, event.dueMs),
        waiting: [
          ...without(state, event.dueMs),
          { dueMs: event.dueMs, beginMs: event.beginMs, isHeld: false },
        ],
      };
    case 'missed':
      return {
        ...state,
        noticedMs: Math.max(state.noticedMs, ...event.dueTimes),
        waiting: [...state.waiting.filter(({ dueMs }) => !event.dueTimes.includes(dueMs)), ...madeUp(event)],
      };
    case 'held':
      return {
        ...state,
        waiting: state.waiting.map(run => (run.dueMs === event.dueMs ? { ...run, isHeld: true } : run)),
      };
    case 'skipped':
      return { ...state, waiting: without(state, event.dueMs) };
    default:
      return { ...state, ...ofCurrent(state, event) };
  }
}

type CurrentEvent = Extract<ScheduleEvent, { type: 'begun' | 'resumed' | 'stopping' | 'paused' | 'ended' }>;

/** Events of the run that goes on. */
function ofCurrent(state: ScheduleState, event: CurrentEvent): Partial<ScheduleState> {
  const { atMs, dueMs } = event;
  if (event.type === 'begun') {
    invariant(state.current === null, 'a run begins only when none goes on');
    const current = { dueMs, folder: event.folder, phase: 'running', sinceMs: atMs } as const;
    return {
      waiting: without(state, dueMs),
      current: { ...current, spentMs: 0, sittings: 1, troubles: 0, stopping: null },
    };
  }
  const { current } = state;
  invariant(current?.dueMs === dueMs, `${event.type} is about the run that goes on`);
  const spentMs = current.spentMs + (current.phase === 'running' ? Math.max(0, atMs - current.sinceMs) : 0);
  const { folder } = current;
  switch (event.type) {
    case 'resumed':
      return {
        current: {
          ...{ ...current, folder: event.folder, phase: 'running', sinceMs: atMs, stopping: null },
          sittings: current.sittings + 1,
        },
      };
    case 'stopping':
      return { current: { ...current, stopping: event.because } };
    case 'paused':
      return {
        current: {
          ...{ ...current, folder: event.folder, phase: 'paused', sinceMs: event.resumeMs, stopping: null },
          // What a crash cut short may have ended long before it was noticed: its time is not counted.
          spentMs: event.because === 'shutdown' ? spentMs : current.spentMs,
          troubles: current.troubles + (event.because === 'trouble' ? 1 : 0),
        },
      };
    case 'ended': {
      const ended = { dueMs, endedMs: atMs, outcome: event.outcome, folder, spentMs };
      return { current: null, recent: [ended, ...state.recent].slice(0, MOST_RECENT) };
    }
  }
}

/** True when a run cannot begin in time any more. */
export function isLate({ beginMs }: Pick<WaitingRun, 'beginMs'>, nowMs: number): boolean {
  return beginMs + GRACE_MS < nowMs;
}

/** A changed schedule counts from when it was noticed; what waits under the old one no longer does. */
function reschedule(
  state: ScheduleState,
  { atMs, cron, timeZone }: Extract<ScheduleEvent, { type: 'scheduled' }>,
): ScheduleState {
  return {
    ...{ ...state, cron, timeZone, noticedMs: atMs },
    waiting: state.waiting.filter(({ isHeld }) => isHeld),
  };
}

function madeUp({ dueTimes, madeUpMs }: Extract<ScheduleEvent, { type: 'missed' }>): WaitingRun[] {
  const dueMs = dueTimes.at(-1);
  if (madeUpMs === null || dueMs === undefined) return [];
  return [{ dueMs, beginMs: madeUpMs, isHeld: false }];
}

function without({ waiting }: ScheduleState, dueMs: number): readonly WaitingRun[] {
  return waiting.filter(run => run.dueMs !== dueMs);
}
