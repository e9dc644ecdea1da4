import type { Rng } from '../../kernel/rng.ts';
import type { Basis, JourneyExperience, JourneyListener } from '../../ports/experience.ts';
import type { WorldClock } from '../../ports/run-context.ts';
import type { World } from '../../scenario/world-schema.ts';
import type { ShopDirectory } from '../../traffic/journey.ts';
import type { Arrival } from '../../traffic/shoppers.ts';
import { extrapolate } from './extrapolate.ts';
import type { CellRate, HeldTelemetry } from './held-telemetry.ts';
import type { OrdinaryPrices } from './price-survey.ts';
import type { ShopperQueue } from './shopper-queue.ts';
import type { RegionSample } from './walked.ts';

export interface LiveShoppersFields {
  readonly clock: WorldClock;
  readonly rng: Rng;
  readonly world: World;
  readonly shop: ShopDirectory;
  readonly queues: ReadonlyMap<string, ShopperQueue>;
  readonly telemetry: HeldTelemetry;
  readonly onJourney: JourneyListener;
}

/** What one arriving shopper lives, and where that comes from. */
interface Lived {
  readonly experience: JourneyExperience;
  readonly durationMs: number;
  readonly rates: readonly CellRate[];
  readonly basis: Basis;
}

/** Shoppers arriving in a world whose time jumps: each lives what the latest sample of the region found. */
export class LiveShoppers {
  private readonly fields: LiveShoppersFields;
  private readonly samples = new Map<string, RegionSample>();
  private prices: OrdinaryPrices = new Map();

  constructor(fields: LiveShoppersFields) {
    this.fields = fields;
  }

  start(): void {
    for (const queue of this.fields.queues.values()) this.expectNext(queue);
  }

  /** From now on, shoppers of these regions live what this sample found. What was found before is forgotten. */
  hold(regions: ReadonlyMap<string, RegionSample>): void {
    for (const [region, sample] of regions) this.samples.set(region, sample);
  }

  /** What things cost on this, an ordinary, day. */
  learnPrices(prices: OrdinaryPrices): void {
    this.prices = prices;
  }

  private expectNext(queue: ShopperQueue): void {
    const { clock } = this.fields;
    clock.at(queue.at(0).atMs, () => {
      const arrival = queue.next();
      this.expectNext(queue);
      this.arrive(arrival);
    });
  }

  private arrive(arrival: Arrival): void {
    const { clock, telemetry, onJourney } = this.fields;
    const { region, id } = arrival.shopper;
    const lived = this.livedBy(arrival);
    // A region that was never sampled is one whose first sample was stopped: the arm is about to end.
    if (lived === null) return;
    telemetry.arrive(lived.rates);
    const startedMs = clock.nowMs();
    const { experience, durationMs } = lived;
    clock.at(startedMs + durationMs, () => {
      if (experience.order !== null) telemetry.order(region);
      onJourney({ ...experience, shopper: id, startedMs, finishedMs: clock.nowMs(), basis: lived.basis });
    });
  }

  private livedBy(arrival: Arrival): Lived | null {
    const { rng, world, shop } = this.fields;
    const { region, number } = arrival.shopper;
    const sample = this.samples.get(region);
    const own = sample?.ahead.get(number);
    if (own !== undefined) return { ...own.walked, rates: own.rates, basis: 'measured' };
    const walked = extrapolate(arrival, sample?.held.get(arrival.journey) ?? [], {
      draw: decision => rng.keyed(`${region}/${number}/${decision}`),
      declines: world.thirdParties.payment.declines,
      shop,
      prices: this.prices.get(region) ?? new Map(),
    });
    return walked === null ? null : { ...walked, rates: sample?.rates ?? [], basis: 'extrapolated' };
  }
}
