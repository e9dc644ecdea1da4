import type { JourneyName } from '../journey-schema.ts';
import type { World } from '../world-schema.ts';

/** Journeys that shoppers of a region set out on; none where nobody visits. */
export function journeysIn(world: World, region: string): readonly JourneyName[] {
  if (!Object.hasOwn(world.shoppers.perSecond, region)) return [];
  const mix = world.shoppers.mix[region] ?? world.shoppers.mix.default ?? {};
  return (Object.keys(mix) as JourneyName[]).filter(journey => (mix[journey] ?? 0) > 0);
}
