import type { Clock } from '../../kernel/clock.ts';
import type { World } from '../../scenario/world-schema.ts';
import { lookAtListing } from '../../traffic/journeys.ts';
import { Visitor, type VisitorDeps } from '../../traffic/visitor.ts';

/** Prices that shoppers are shown on an ordinary day, by region and product, cents. */
export type OrdinaryPrices = ReadonlyMap<string, ReadonlyMap<string, number>>;

export interface SurveyDeps extends Pick<VisitorDeps, 'visit'> {
  readonly real: Clock;
  readonly world: World;
  readonly productIds: readonly string[];
  readonly stopRequested: () => boolean;
}

/**
 * Leafs through all products, in each region that sells: what later shoppers pay is this price, times the level that
 * prices have in the latest sample. Products without a price are left out, and so is a page that does not come.
 */
export async function surveyPrices(regions: readonly string[], deps: SurveyDeps): Promise<OrdinaryPrices> {
  const surveyed = regions.map(async region => {
    const prices = new Map<string, number>();
    const look = async (page: number): Promise<number> => {
      const products = deps.stopRequested() ? [] : await lookAtListing(visitorIn(region, deps), page);
      for (const { id, priceCents } of products) if (priceCents !== null) prices.set(id, priceCents);
      return products.length;
    };
    const perPage = await look(1);
    const pages = perPage === 0 ? 1 : Math.ceil(deps.productIds.length / perPage);
    for (let page = 2; page <= pages; page++) await look(page);
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
