import type { ConfirmedOrder, JourneyExperience } from '../ports/experience.ts';
import type { Visitor } from './visitor.ts';

/** What a journey knows of its shopper. Draws are keyed, so a shopper decides alike in every arm. */
export interface Shopper {
  readonly id: string;
  readonly number: number;
  readonly region: string;
  /** A draw in [0, 1) for the named decision. */
  draw(decision: string): number;
  /** Tells one walk of this shopper from another, where several are taken: the shop must not take a new order for an old one. */
  readonly walk?: string;
}

/** What came of a journey. */
export interface JourneyEnd {
  readonly succeeded: boolean;
  readonly order?: ConfirmedOrder;
  readonly answer?: NonNullable<JourneyExperience['answer']>;
}

/** One way of using the shop, from the first page to the last. */
export type Journey = (visitor: Visitor, shopper: Shopper, shop: ShopDirectory) => Promise<JourneyEnd>;

/** What shoppers know by themselves: products they may want, and their own sign-in. */
export interface ShopDirectory {
  readonly productIds: readonly string[];
  readonly questions: readonly string[];
  readonly accounts: readonly string[];
  readonly months: readonly string[];
  customer(region: string, unit: number): { readonly id: string; readonly password: string };
}

/** Picks from a list with popularity falling as 1/rank (Zipf), as in shops: a few products are wanted by most. */
function pickPopular<Item>(items: readonly Item[], unit: number): Item {
  const index = Math.floor((items.length + 1) ** unit - 1);
  return items[Math.min(Math.max(index, 0), items.length - 1)] as Item;
}

/** What a shopper comes to buy. */
export function wishOf(
  shopper: Shopper,
  shop: Pick<ShopDirectory, 'productIds'>,
): { readonly productId: string; readonly quantity: number } {
  return {
    productId: pickPopular(shop.productIds, shopper.draw('product')),
    quantity: 1 + Math.floor(shopper.draw('quantity') * 3),
  };
}

export function pickAny<Item>(items: readonly Item[], unit: number): Item {
  return items[Math.floor(unit * items.length)] as Item;
}
