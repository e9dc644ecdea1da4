import type { ConfirmedOrder, JourneyExperience } from '../../ports/experience.ts';
import { type ShopDirectory, type Shopper, wishOf } from '../../traffic/journey.ts';
import type { Arrival } from '../../traffic/shoppers.ts';
import type { Walked } from './walked.ts';

export interface ExtrapolationDeps {
  /** A draw in [0, 1) for this shopper and decision, the same in every arm. */
  readonly draw: (decision: string) => number;
  /** Share of cards that the payment provider declines by the world's file. */
  readonly declines: number;
  readonly shop: Pick<ShopDirectory, 'productIds'>;
  /** What products of the region cost on an ordinary day, cents. */
  readonly prices: ReadonlyMap<string, number>;
}

/**
 * What a shopper lives who was not there when the shop was sampled: what one of the sample lived, drawn by chance, but
 * with the shopper's own wish, so that an arm sells the same goods as the calm one unless the shop prevents it. Null when
 * nobody of the sample came for this journey.
 */
export function extrapolate(
  { shopper }: Arrival,
  held: readonly Walked[],
  deps: ExtrapolationDeps,
): Pick<Walked, 'experience' | 'durationMs'> | null {
  const drawn = pick(held, deps.draw('experience'));
  if (drawn === null) return null;
  const { experience, durationMs } = settlePayment(drawn, held, deps);
  return { experience: { ...experience, order: ownOrder(shopper, experience, deps) }, durationMs };
}

/**
 * A declined card says nothing of the shop, and a handful of buyers say nothing of how often it happens: that share is
 * an input of the world. Unless most are declined, which is a finding.
 */
function settlePayment(drawn: Walked, held: readonly Walked[], deps: ExtrapolationDeps): Walked {
  const { journey, succeeded } = drawn.experience;
  if (journey !== 'buy' || !succeeded) return drawn;
  const accepted = held.filter(({ experience }) => experience.order !== null);
  const declined = held.filter(({ experience }) => experience.succeeded && experience.order === null);
  if (declined.length > accepted.length) return drawn;
  if (deps.draw('declined') < deps.declines) {
    return { ...drawn, experience: { ...drawn.experience, order: null } };
  }
  return drawn.experience.order === null ? (pick(accepted, deps.draw('accepted')) ?? drawn) : drawn;
}

/** The shopper's own goods at the price level that the sample's order had, against an ordinary day. */
function ownOrder(
  shopper: Shopper,
  { order }: JourneyExperience,
  { shop, prices }: ExtrapolationDeps,
): ConfirmedOrder | null {
  const [line] = order?.lines ?? [];
  if (order === null || line === undefined) return order;
  const { productId, quantity } = wishOf(shopper, shop);
  const usual = prices.get(productId);
  const theirs = prices.get(line.productId);
  if (usual === undefined || theirs === undefined || theirs === 0) return order;
  const unitCents = Math.round((usual * line.unitCents) / theirs);
  const goodsCents = order.lines.reduce(
    (sum, { quantity: count, unitCents: cents }) => sum + count * cents,
    0,
  );
  // What comes on top of the goods, such as delivery, stays as it was.
  const totalCents = quantity * unitCents + (order.totalCents - goodsCents);
  return { ...order, lines: [{ productId, quantity, unitCents }], totalCents };
}

function pick<Item>(items: readonly Item[], unit: number): Item | null {
  return items[Math.floor(unit * items.length)] ?? null;
}
