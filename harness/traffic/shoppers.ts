import type { JourneyListener } from '../ports/experience.ts';
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

/** Lets shoppers come, from now on and for ever, in every region that has any: open loop, whether or not the shop answers. */
export function startShoppers(deps: ShoppersDeps): void {
  for (const region of deps.context.world.regions) {
    if ((deps.context.world.shoppers.perSecond[region] ?? 0) > 0) startRegion(deps, region);
  }
}

function startRegion(deps: ShoppersDeps, region: string): void {
  const { clock, rng, world } = deps.context;
  const startMs = clock.nowMs();
  const times = arrivalTimes(world.shoppers, region, rng.fork(`traffic/arrivals/${region}`));
  const decisions = rng.fork(`traffic/shoppers/${region}`);
  let count = 0;
  const scheduleNext = () => {
    const number = ++count;
    clock.at(startMs + times.next().value, () => {
      scheduleNext();
      const shopper: Shopper = {
        id: `${region}-${number}`,
        number,
        region,
        draw: decision => decisions.keyed(`${number}/${decision}`),
      };
      clock.spawn(() => walk(deps, shopper));
    });
  };
  scheduleNext();
}

async function walk(deps: ShoppersDeps, shopper: Shopper): Promise<void> {
  const { clock, world } = deps.context;
  const journey = pickJourney(world, shopper);
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
  deps.onJourney({
    shopper: shopper.id,
    journey,
    region: shopper.region,
    startedMs,
    finishedMs: clock.nowMs(),
    succeeded: end.succeeded,
    steps: visitor.steps,
    order: end.order ?? null,
    answer: end.answer ?? null,
  });
}

function pickJourney(world: World, shopper: Shopper): JourneyName {
  const mix = world.shoppers.mix[shopper.region] ?? world.shoppers.mix.default ?? {};
  const total = journeyName.options.reduce((sum, name) => sum + (mix[name] ?? 0), 0);
  let rest = shopper.draw('journey') * total;
  for (const name of journeyName.options) {
    rest -= mix[name] ?? 0;
    if (rest < 0) return name;
  }
  return 'view-price';
}
