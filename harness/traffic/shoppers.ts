import type { Clock } from '../kernel/clock.ts';
import type { JourneyExperience, JourneyListener } from '../ports/experience.ts';
import type { RunContext } from '../ports/run-context.ts';
import { type JourneyName, journeyName, type World } from '../scenario/world-schema.ts';
import { arrivalTimes } from './arrivals.ts';
import type { ShopDirectory, Shopper } from './journey.ts';
import { JOURNEYS } from './journeys.ts';
import { Visitor } from './visitor.ts';

export interface ShoppersDeps {
  readonly context: RunContext;
  readonly visit: (region: string, request: Request) => Promise<Response>;
  readonly shop: ShopDirectory;
  readonly onJourney: JourneyListener;
}

/** A shopper on the way to the shop: when, who, and what for. */
export interface Arrival {
  /** World time, ms. */
  readonly atMs: number;
  readonly shopper: Shopper;
  readonly journey: JourneyName;
}

/** Lets shoppers come, from now on and for ever, in every region that has any: open loop, whether or not the shop answers. */
export function startShoppers(deps: ShoppersDeps): void {
  for (const region of regionsWithShoppers(deps.context.world)) startRegion(deps, region);
}

export function regionsWithShoppers(world: World): readonly string[] {
  return world.regions.filter(region => (world.shoppers.perSecond[region] ?? 0) > 0);
}

/** All shoppers of a region from now on, in the order in which they come, without end. They depend on the seed alone. */
export function* arrivalsIn(
  { clock, rng, world }: Pick<RunContext, 'clock' | 'rng' | 'world'>,
  region: string,
): Generator<Arrival, never> {
  const startMs = clock.nowMs();
  const times = arrivalTimes(world.shoppers, region, rng.fork(`traffic/arrivals/${region}`));
  const decisions = rng.fork(`traffic/shoppers/${region}`);
  for (let number = 1; ; number++) {
    const shopper: Shopper = {
      id: `${region}-${number}`,
      number,
      region,
      draw: decision => decisions.keyed(`${number}/${decision}`),
    };
    yield { atMs: startMs + times.next().value, shopper, journey: pickJourney(world, shopper) };
  }
}

/** What a walk needs: the time by which the shopper is patient, and the way into the shop. */
export interface WalkDeps extends Pick<ShoppersDeps, 'visit' | 'shop'> {
  readonly clock: Clock;
  readonly world: World;
}

/** Walks one journey from its first step to its last, or to the one at which the shopper gives up. */
export async function walk(
  deps: WalkDeps,
  { shopper, journey }: Pick<Arrival, 'shopper' | 'journey'>,
): Promise<JourneyExperience> {
  const { clock, world } = deps;
  const visitor = new Visitor({
    clock,
    region: shopper.region,
    visit: deps.visit,
    attempts: world.shoppers.attempts,
    pauseMs: world.shoppers.pauseBetweenAttempts,
    patienceMs: world.shoppers.patience,
  });
  const startedMs = clock.nowMs();
  const end = await JOURNEYS[journey](visitor, shopper, deps.shop);
  return {
    shopper: shopper.id,
    journey,
    region: shopper.region,
    startedMs,
    finishedMs: clock.nowMs(),
    succeeded: end.succeeded,
    steps: visitor.steps,
    order: end.order ?? null,
    answer: end.answer ?? null,
  };
}

/** Journeys that shoppers of a region may come for, with their weights. */
export function journeyMix(world: World, region: string): ReadonlyMap<JourneyName, number> {
  const mix = world.shoppers.mix[region] ?? world.shoppers.mix.default ?? {};
  return new Map(journeyName.options.map(name => [name, mix[name] ?? 0]));
}

function startRegion(deps: ShoppersDeps, region: string): void {
  const { clock, world } = deps.context;
  const arrivals = arrivalsIn(deps.context, region);
  const walkDeps: WalkDeps = { clock, world, visit: deps.visit, shop: deps.shop };
  const scheduleNext = () => {
    const arrival = arrivals.next().value;
    clock.at(arrival.atMs, () => {
      scheduleNext();
      clock.spawn(async () => deps.onJourney(await walk(walkDeps, arrival)));
    });
  };
  scheduleNext();
}

function pickJourney(world: World, shopper: Shopper): JourneyName {
  const mix = journeyMix(world, shopper.region);
  const total = [...mix.values()].reduce((sum, weight) => sum + weight, 0);
  let rest = shopper.draw('journey') * total;
  for (const [name, weight] of mix) {
    rest -= weight;
    if (rest < 0) return name;
  }
  return 'view-price';
}
