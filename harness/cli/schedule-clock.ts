import type { WallClock } from '../gameday/schedule/ports.ts';
import { createRealClock } from './real-clock.ts';

/** The machine's time of day, for schedules alone. */
export function createWallClock(): WallClock {
  const clock = createRealClock();
  return { nowMs: () => Date.now(), sleep: (durationMs, signal) => clock.sleep(durationMs, signal) };
}
