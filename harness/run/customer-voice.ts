import type { JourneyExperience } from '../ports/experience.ts';

/** Journeys of a region that are looked back on. */
const LOOK_BACK = 12;

/**
 * Customers complain where most of their latest journeys failed, and stop when they succeed again. It is their own voice
 * and not the oracle's: support hears of failing pages, never of figures.
 */
export function createCustomerVoice(
  tell: (region: string, isSuffering: boolean) => void,
): (journey: JourneyExperience) => void {
  const latest = new Map<string, boolean[]>();
  const suffering = new Set<string>();
  return ({ region, journey, succeeded }) => {
    const key = `${region} ${journey}`;
    const outcomes = [...(latest.get(key) ?? []), succeeded].slice(-LOOK_BACK);
    latest.set(key, outcomes);
    const failures = outcomes.filter(outcome => !outcome).length;
    if (failures >= LOOK_BACK / 2) suffering.add(key);
    else if (failures <= 1) suffering.delete(key);
    tell(
      region,
      [...suffering].some(entry => entry.startsWith(`${region} `)),
    );
  };
}
