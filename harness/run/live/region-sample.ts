import type { CellTelemetry } from '../../ports/telemetry.ts';
import type { World } from '../../scenario/world-schema.ts';
import { type Arrival, journeyMix } from '../../traffic/shoppers.ts';
import { ratesOf } from './held-telemetry.ts';
import type { ShopperQueue } from './shopper-queue.ts';
import type { Round } from './steadiness.ts';
import type { RegionSample, Walked } from './walked.ts';

/** A journey's experiences that later shoppers choose from, at the least. */
const LEAST_HELD = 8;
/** How far ahead a rare journey is looked for. */
const MOST_LOOKED_AT = 600;

/** A round with what it brought to telemetry, and how many walked in each region. */
export interface FullRound extends Round {
  readonly cells: readonly CellTelemetry[];
  readonly byRegion: ReadonlyMap<string, readonly Walked[]>;
}

/** What the rounds mean for one region: the shoppers ahead keep what they lived, the ones after them live what the last two rounds did. */
export function regionSample(
  region: string,
  rounds: readonly FullRound[],
  probes: readonly Walked[],
): RegionSample {
  const ahead = new Map<number, { walked: Walked; rates: ReturnType<typeof ratesOf> }>();
  for (const round of rounds) {
    const own = round.byRegion.get(region) ?? [];
    const rates = ratesOf(round.cells, region, own.length);
    for (const walked of own) ahead.set(walked.arrival.shopper.number, { walked, rates });
  }
  // A region whose shoppers have all come takes no part in later rounds.
  const last = rounds.filter(({ byRegion }) => (byRegion.get(region) ?? []).length > 0).slice(-2);
  const walked = last.flatMap(({ byRegion }) => byRegion.get(region) ?? []);
  const own = [...walked, ...probes.filter(({ experience }) => experience.region === region)];
  return {
    ahead,
    held: Map.groupBy(own, ({ experience }) => experience.journey),
    rates: ratesOf(
      last.flatMap(({ cells }) => cells),
      region,
      walked.length,
    ),
  };
}

/** Shoppers ahead for journeys that too few of those held came for. */
export function rareArrivals(
  queue: ShopperQueue,
  world: World,
  { region, held }: { readonly region: string; readonly held: readonly Walked[] },
): Arrival[] {
  const missing = new Map<string, number>();
  for (const [journey, weight] of journeyMix(world, region)) {
    const count = held.filter(
      ({ experience }) => experience.region === region && experience.journey === journey,
    ).length;
    if (weight > 0 && count < LEAST_HELD) missing.set(journey, LEAST_HELD - count);
  }
  const found: Arrival[] = [];
  for (let index = 0; index < MOST_LOOKED_AT && missing.size > 0; index++) {
    const arrival = queue.at(index);
    const left = missing.get(arrival.journey);
    if (left === undefined) continue;
    found.push(arrival);
    if (left === 1) missing.delete(arrival.journey);
    else missing.set(arrival.journey, left - 1);
  }
  return found;
}
