import type { JourneyExperience } from '../ports/experience.ts';

/** How far customers look back when they complain, ms of world time. */
const LOOK_BACK_MS = 20 * 60_000;
/** Fewer journeys of a kind than this in that time tell nothing. */
const LEAST_JOURNEYS = 4;

/** The latest journeys of a kind in a region, oldest first, and how many of them failed. */
interface Recent {
  readonly journeys: { readonly atMs: number; readonly succeeded: boolean }[];
  failures: number;
}

/**
 * Customers complain while half of the latest journeys of a kind fail. It is their own voice and not the oracle's:
 * support hears of failing pages, never of figures.
 */
export function createCustomerVoice(
  tell: (region: string, isSuffering: boolean) => void,
): (journey: JourneyExperience) => void {
  const regions = new Map<string, Map<string, Recent>>();
  return ({ region, journey, succeeded, finishedMs }) => {
    const kinds = regions.get(region) ?? new Map<string, Recent>();
    regions.set(region, kinds);
    const own = kinds.get(journey) ?? { journeys: [], failures: 0 };
    kinds.set(journey, own);
    own.journeys.push({ atMs: finishedMs, succeeded });
    if (!succeeded) own.failures++;
    let isSuffering = false;
    for (const recent of kinds.values()) {
      forget(recent, finishedMs - LOOK_BACK_MS);
      const { length } = recent.journeys;
      if (length >= LEAST_JOURNEYS && recent.failures >= length / 2) isSuffering = true;
    }
    tell(region, isSuffering);
  };
}

/** Drops what ended at `untilMs` or before. Journeys are heard of as they end, so the oldest come first. */
function forget(recent: Recent, untilMs: number): void {
  for (let oldest = recent.journeys[0]; oldest !== undefined; oldest = recent.journeys[0]) {
    if (oldest.atMs > untilMs) return;
    recent.journeys.shift();
    if (!oldest.succeeded) recent.failures--;
  }
}
