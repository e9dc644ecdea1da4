import type { WorldClock } from '../../ports/run-context.ts';

/** The world's clock as the control plane charges effects on it, which shows what it waits for. */
export interface ChargeClock extends WorldClock {
  /** World time at which the first effect under way goes on; null while none waits. */
  nextDueMs(): number | null;
}

/** Wraps the world's clock. An effect that is charged for goes on when its sleep ends: that is the next planned change. */
export function createChargeClock(clock: WorldClock): ChargeClock {
  const due = new Set<{ readonly atMs: number }>();
  return {
    nowMs: () => clock.nowMs(),
    at: (atMs, task) => clock.at(atMs, task),
    spawn: work => clock.spawn(work),
    sleep: async (durationMs, signal) => {
      const wait = { atMs: clock.nowMs() + durationMs };
      due.add(wait);
      try {
        await clock.sleep(durationMs, signal);
      } finally {
        due.delete(wait);
      }
    },
    nextDueMs: () => (due.size === 0 ? null : Math.min(...[...due].map(({ atMs }) => atMs))),
  };
}
