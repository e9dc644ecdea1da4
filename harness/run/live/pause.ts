import type { Clock } from '../../kernel/clock.ts';

/** How soon a stop that is asked for is noticed, ms of real time. */
export const LOOK_EVERY_MS = 100;

/** Waits until that real time, or until a stop is asked for. */
export async function pauseUntil(real: Clock, untilMs: number, stopRequested: () => boolean): Promise<void> {
  for (let leftMs = untilMs - real.nowMs(); leftMs > 0; leftMs = untilMs - real.nowMs()) {
    if (stopRequested()) return;
    await real.sleep(Math.min(leftMs, LOOK_EVERY_MS));
  }
}
