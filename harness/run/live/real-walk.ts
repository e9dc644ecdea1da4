import type { Clock } from '../../kernel/clock.ts';
import type { Arrival, WalkDeps } from '../../traffic/shoppers.ts';
import { walk } from '../../traffic/shoppers.ts';
import type { Walked } from './walked.ts';

/**
 * A person's pause before trying again is world time, of which live stacks skip the waiting; this much of it is lived, so
 * that the second attempt is not the same burst. The rest is added to what the journey took.
 */
const LIVED_PAUSE_MS = 250;

export interface RealWalkDeps extends Omit<WalkDeps, 'clock'> {
  readonly real: Clock;
}

/** Sends one shopper through the shop at real pace. `walkId` is new for each walk. */
export async function walkForReal(deps: RealWalkDeps, arrival: Arrival, walkId: string): Promise<Walked> {
  const { real } = deps;
  let skippedMs = 0;
  const clock: Clock = {
    nowMs: () => real.nowMs(),
    at: (atMs, task) => real.at(atMs, task),
    sleep: (durationMs, signal) => {
      const livedMs = Math.min(durationMs, LIVED_PAUSE_MS);
      skippedMs += durationMs - livedMs;
      return real.sleep(livedMs, signal);
    },
  };
  const shopper = { ...arrival.shopper, walk: walkId };
  const experience = await walk({ ...deps, clock }, { shopper, journey: arrival.journey });
  const durationMs = Math.round(experience.finishedMs - experience.startedMs + skippedMs);
  return { arrival, experience, durationMs };
}
