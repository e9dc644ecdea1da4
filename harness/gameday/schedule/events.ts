/** Why a run that goes on is asked to end. */
export type StopReason = 'replaced' | 'time-limit' | 'shutdown';

/** Why a due run was not begun. */
type SkipReason = 'overlap' | 'queue-full' | 'replaced';

/**
 * How a run ended. The names of exit codes when its game day did; else why it did not: `replaced`, `time-limit`, or
 * `crashed` when its process died too often.
 */
export type RunOutcome =
  | 'held'
  | 'weakness'
  | 'inconclusive'
  | 'invalid'
  | 'environment'
  | 'unclean'
  | 'interrupted'
  | 'replaced'
  | 'time-limit'
  | 'crashed';

/** What a scheduler noticed or did about one game day. Times are ms since 1970. The state is what these add up to. */
export type ScheduleEvent = { readonly atMs: number } & (
  | { readonly type: 'scheduled'; readonly cron: string; readonly timeZone: string }
  /** Due, and to be begun at `beginMs`. */
  | { readonly type: 'due'; readonly dueMs: number; readonly beginMs: number }
  /** Became due while nobody looked. */
  | {
      readonly type: 'missed';
      /** Never empty, the earliest first. */
      readonly dueTimes: readonly number[];
      /** Between them were more than anybody counts. */
      readonly isAtLeast: boolean;
      /** When the last of them is run after all; null: never. One event with the rest, since half of it would lose a run. */
      readonly madeUpMs: number | null;
    }
  /** Its time has come, and it waits for the one before. */
  | { readonly type: 'held'; readonly dueMs: number }
  | { readonly type: 'skipped'; readonly dueMs: number; readonly because: SkipReason }
  | { readonly type: 'begun'; readonly dueMs: number; readonly folder: string }
  /** Another sitting of the same run, in `folder`. */
  | { readonly type: 'resumed'; readonly dueMs: number; readonly folder: string }
  | { readonly type: 'stopping'; readonly dueMs: number; readonly because: StopReason }
  /** A sitting ended before the run did; it goes on in `folder` from `resumeMs`. */
  | {
      readonly type: 'paused';
      readonly dueMs: number;
      readonly because: 'shutdown' | 'trouble' | 'outdated';
      readonly folder: string;
      readonly resumeMs: number;
    }
  | { readonly type: 'ended'; readonly dueMs: number; readonly outcome: RunOutcome }
);

/** True when a due game day brought no answer, and nothing else will for that due time. */
export function broughtNoAnswer(event: ScheduleEvent): boolean {
  if (event.type === 'skipped') return true;
  if (event.type === 'missed') return event.madeUpMs === null || event.dueTimes.length > 1;
  if (event.type !== 'ended') return false;
  return !['held', 'weakness', 'inconclusive', 'unclean'].includes(event.outcome);
}
