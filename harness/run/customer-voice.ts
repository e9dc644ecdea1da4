import type { JourneyExperience } from '../ports/experience.ts';

/** How far customers look back when they complain, ms of world time. */
const LOOK_BACK_MS = 20 * 60_000;
/** Fewer journeys of a kind than this in that time tell nothing. */
const LEAST_JOURNEYS = 4;

/**
 * Customers complain while half of the latest journeys of a kind fail. It is their own voice and not the oracle's:
 * support hears of failing pages, never of figures.
 */
export function createCustomerVoice(
  tell: (region: string, isSuffering: boolean) => void,
): (journey: JourneyExperience) => void {
  const latest = new Map<string, { readonly atMs: number; readonly succeeded: boolean }[]>();
  return ({ region, journey, succeeded, finishedMs }) => {
    const key = `${region} ${journey}`;
    latest.set(key, [...(latest.get(key) ?? []), { atMs: finishedMs, succeeded }]);
    let isSuffering = false;
    for (const [other, outcomes] of latest) {
      if (!other.startsWith(`${region} `)) continue;
      const recent = outcomes.filter(({ atMs }) => atMs > finishedMs - LOOK_BACK_MS);
      latest.set(other, recent);
      const failures = recent.filter(outcome => !outcome.succeeded).length;
      if (recent.length >= LEAST_JOURNEYS && failures >= recent.length / 2) isSuffering = true;
    }
    tell(region, isSuffering);
  };
}
