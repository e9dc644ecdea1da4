import type { RunOutcome, ScheduleEvent } from './events.ts';
import { nextFolder } from './folder-of.ts';
import type { CurrentRun } from './state.ts';

/** How the process of a sitting ended. */
export interface SittingEnd {
  /** Name of its exit code; null when it died: a signal, or a code that none of ours is. */
  readonly exit: RunOutcome | null;
  /** What its folder holds. */
  readonly found: FolderState;
}

/**
 * What a run's folder holds. `halted`: unfinished, because one of its own brakes applied; `unusable`: something that no
 * game day can go on in.
 */
export type FolderState = 'absent' | 'unusable' | 'unfinished' | 'halted' | 'finished';

/** How often a run is gone on with after its process died, and how long that waits, ms. */
const WAITS_MS = [60_000, 5 * 60_000, 15 * 60_000, 60 * 60_000] as const;

/** What the end of a sitting means for its run. */
export function afterSitting(current: CurrentRun, end: SittingEnd, atMs: number): ScheduleEvent {
  const { dueMs, folder, stopping, sittings } = current;
  const ended = (outcome: RunOutcome): ScheduleEvent => ({ type: 'ended', atMs, dueMs, outcome });
  if (end.found === 'finished') return ended(end.exit ?? 'crashed');
  if (stopping === 'replaced' || stopping === 'time-limit') return ended(stopping);
  if (stopping === 'shutdown')
    return { type: 'paused', atMs, dueMs, because: 'shutdown', folder, resumeMs: atMs };
  const isRefused = end.exit === 'invalid' && sittings > 1 && isHalf(end.found);
  if (isRefused) {
    // Its files have changed since it began: a half run never counts, so it is begun again beside.
    const other = nextFolder(folder);
    return { type: 'paused', atMs, dueMs, because: 'outdated', folder: other, resumeMs: atMs };
  }
  if (end.exit !== null && !isUncaught(end)) return ended(end.exit);
  return afterTrouble(current, end.found, { atMs, waits: true });
}

function isHalf(found: FolderState): boolean {
  return found === 'unfinished' || found === 'halted';
}

/** Node.js ends with 1 after an error that nobody caught, which is also the code of a weakness found. */
function isUncaught({ exit, found }: SittingEnd): boolean {
  return (exit === 'held' || exit === 'weakness') && found !== 'halted';
}

/** What a sitting means that ended unseen: its scheduler died, or the process was not this one's. */
export function afterTrouble(
  { dueMs, folder, troubles }: CurrentRun,
  found: FolderState,
  { atMs, waits }: { readonly atMs: number; readonly waits: boolean },
): ScheduleEvent {
  const waitMs = WAITS_MS[troubles];
  if (waitMs === undefined) return { type: 'ended', atMs, dueMs, outcome: 'crashed' };
  return {
    ...{ type: 'paused', atMs, dueMs, because: 'trouble' },
    folder: found === 'unusable' ? nextFolder(folder) : folder,
    resumeMs: waits ? atMs + waitMs : atMs,
  };
}
