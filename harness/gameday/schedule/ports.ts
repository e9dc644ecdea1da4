import type { FolderState } from './after-sitting.ts';
import type { RunOutcome, ScheduleEvent } from './events.ts';
import type { ScheduledDay } from './scheduled-day.ts';
import type { ScheduleState } from './state.ts';

/** The time of day, ms since 1970. Unlike a run's clock it may jump: it is set, and machines sleep. */
export interface WallClock {
  nowMs(): number;
  /** Rejects with the signal's reason when it aborts first. */
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
}

/** Where the state of game days is kept. */
export interface ScheduleStore {
  /** Takes a game day for this scheduler; null while another one has it. The claim ends with its process. */
  claim(gameDay: string): Claim | null;
}

export interface Claim {
  /** Null when no scheduler has seen this game day. */
  read(): ScheduleState | null;
  /** Whole or not at all, and on the disk when it returns. */
  write(state: ScheduleState): void;
  release(): void;
}

/** What runs a game day: a process of its own, so that its crash ends nothing else. */
export interface GameDayRunner {
  look(folder: string): FolderLook;
  /** Begins, or goes on with, the game day in `folder`. Never throws: what cannot start has died. */
  start(day: ScheduledDay, folder: string): Sitting;
  /** Asks a process that is not this one's to end; harmless when there is none. */
  askToStop(day: ScheduledDay): void;
}

export interface FolderLook {
  /** `in-use`: a process is writing to it. */
  readonly found: FolderState | 'in-use';
  /** How the game day ended; null unless `finished`. */
  readonly exit: RunOutcome | null;
}

/** A process that runs a game day. */
export interface Sitting {
  /** The name of its exit code; null when it died. Never rejects. */
  readonly ended: Promise<RunOutcome | null>;
  /** Ends it, resumable; `ended` settles within a bounded time. */
  stop(): void;
}

/** What a scheduler tells. */
export type SchedulerNote =
  | {
      readonly type: 'event';
      readonly gameDay: string;
      readonly event: ScheduleEvent;
      readonly state: ScheduleState;
    }
  /** Its state is as it stands at the start, or after the claim was taken over. */
  | { readonly type: 'claimed'; readonly gameDay: string; readonly state: ScheduleState }
  | { readonly type: 'standby'; readonly gameDay: string }
  /** A run of a scheduler that died still goes on; it is waited for. */
  | { readonly type: 'adopted'; readonly gameDay: string; readonly folder: string }
  /** The machine's clock is behind what was already noticed. */
  | { readonly type: 'clock-behind'; readonly gameDay: string; readonly byMs: number }
  | { readonly type: 'failed'; readonly gameDay: string; readonly message: string }
  /** Every game day was looked at. */
  | { readonly type: 'looked'; readonly atMs: number };
