import type { Clock } from '../../kernel/clock.ts';
import type { World } from '../../scenario/world-schema.ts';
import { lookAtProduct } from '../../traffic/journeys.ts';
import { Visitor, type VisitorDeps } from '../../traffic/visitor.ts';

/** Prices that shoppers are shown on an ordinary day, by region and product, cents. */
export type OrdinaryPrices = ReadonlyMap<string, ReadonlyMap<string, number>>;

export interface SurveyDeps extends Pick<VisitorDeps, 'visit'> {
  readonly real: Clock;
  readonly world: World;
  readonly productIds: readonly string[];
  readonly stopRequested: () => boolean;
}

/** Pages of one region that are looked at side by side. */
const AT_ONCE = 6;

/**
 * Looks at every product's page once, in each region that sells: what later shoppers pay is this price, times the level
 * that prices have in the latest sample. Products without a price are left out.
 */
export async function surveyPrices(regions: readonly string[], deps: SurveyDeps): Promise<OrdinaryPrices> {
  const surveyed = regions.map(async region => {
    const prices = new Map<string, number>();
    const rest = deps.productIds.values();
    const look = async () => {
      for (const productId of rest) {
        if (deps.stopRequested()) return;
        const priceCents = (await lookAtProduct(visitorIn(region, deps), productId))?.priceCents;
        if (typeof priceCents === 'number') prices.set(productId, priceCents);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, look));
    return [region, prices] as const;
  });
  return new Map(await Promise.all(surveyed));
}

function visitorIn(region: string, { real, world, visit }: SurveyDeps): Visitor {
  const { patience, pauseBetweenAttempts } = world.shoppers;
  return new Visitor({
    ...{ clock: real, region, visit },
    ...{ attempts: 1, pauseMs: pauseBetweenAttempts, patienceMs: patience },
  });
}
