import { type GoalView, goalMet } from '../agent/goal.ts';
import type { RunContext } from '../ports/run-context.ts';
import type { Goal } from '../scenario/scenario-schema.ts';

/** How often the goal is looked at, ms of world time. */
const LOOK_EVERY_MS = 60_000;

export interface WatchedGoal {
  readonly changeId: string;
  readonly goal: Goal;
  /** World time by which it must be live, and stay so. */
  readonly dueMs: number;
  /** World time at which the arm ends. */
  readonly endMs: number;
  /** World time that its author has spent waiting so far. */
  readonly waitedMs: () => number;
}

/**
 * Looks at a goal every minute until its deadline, and on until `endMs` when it is late, then writes what became of it.
 * Resolves when that is written.
 */
export async function watchGoal(context: RunContext, view: GoalView, watched: WatchedGoal): Promise<void> {
  const { clock } = context;
  let metAtMs: number | null = null;
  let isMet = false;
  const isOpen = () => clock.nowMs() < watched.dueMs || (metAtMs === null && clock.nowMs() < watched.endMs);
  while (isOpen()) {
    await clock.sleep(Math.min(LOOK_EVERY_MS, Math.max(watched.dueMs, watched.endMs) - clock.nowMs()));
    isMet = await goalMet(watched.goal, view);
    if (isMet) metAtMs ??= clock.nowMs();
  }
  const reverted = metAtMs !== null && !isMet;
  context.journal.write({
    type: 'goal',
    changeId: watched.changeId,
    met: isMet,
    reverted,
    dueMs: watched.dueMs,
    metAtMs,
    waitedMs: watched.waitedMs(),
    detail: reverted ? 'was live, and was undone' : isMet ? 'live' : 'never live',
  });
}
