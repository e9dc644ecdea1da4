import type { ConfirmedOrder } from '../ports/experience.ts';
import type { JourneyName } from '../scenario/world-schema.ts';
import {
  type Journey,
  type JourneyEnd,
  pickAny,
  type ShopDirectory,
  type Shopper,
  wishOf,
} from './journey.ts';
import type { Page, Visitor } from './visitor.ts';

const GAVE_UP: JourneyEnd = { succeeded: false };
const DONE: JourneyEnd = { succeeded: true };

/** The journeys of the mock shop. Step owners are the services whose job the step is. */
export const JOURNEYS: Readonly<Record<JourneyName, Journey>> = {
  'view-price': async (visitor, shopper, shop) =>
    (await seeProduct(visitor, shopper, shop)) === null ? GAVE_UP : DONE,
  buy,
  'look-at-account': async (visitor, shopper, shop) => {
    const token = await signIn(visitor, shopper, shop);
    if (token === null) return GAVE_UP;
    const page = await visitor.ask({
      owner: 'accounts',
      method: 'GET',
      path: '/api/account',
      token,
      isGood: account => typeof account.profile === 'object' && account.profile !== null,
    });
    return page === null ? GAVE_UP : DONE;
  },
  'ask-assistant': async (visitor, shopper, shop) => {
    const question = pickAny(shop.questions, shopper.draw('question'));
    const page = await visitor.ask({
      owner: 'assistant',
      method: 'POST',
      path: '/api/assistant',
      body: { question },
      isGood: reply => typeof reply.answer === 'string',
    });
    return page === null ? GAVE_UP : { succeeded: true, answer: { question, text: String(page.answer) } };
  },
  'view-costs': async (visitor, shopper, shop) => {
    const account = pickAny(shop.accounts, shopper.draw('account'));
    const month = pickAny(shop.months, shopper.draw('month'));
    const page = await visitor.ask({
      owner: 'cost-explorer',
      method: 'GET',
      path: `/costs?account=${account}&month=${month}`,
      isGood: costs => typeof costs.totalCents === 'number',
    });
    return page === null ? GAVE_UP : DONE;
  },
};

async function buy(visitor: Visitor, shopper: Shopper, shop: ShopDirectory): Promise<JourneyEnd> {
  const product = await seeProduct(visitor, shopper, shop);
  if (product === null) return GAVE_UP;
  const token = await signIn(visitor, shopper, shop);
  if (token === null) return GAVE_UP;
  const isCart = (page: Readonly<Record<string, unknown>>) => typeof page.cartId === 'string';
  const cart = await visitor.ask({
    owner: 'checkout',
    method: 'POST',
    path: '/api/carts',
    token,
    body: {},
    isGood: isCart,
  });
  if (cart === null) return GAVE_UP;
  const { quantity } = wishOf(shopper, shop);
  const filled = await visitor.ask({
    owner: 'checkout',
    method: 'POST',
    path: `/api/carts/${String(cart.cartId)}/lines`,
    token,
    body: { productId: product.id, quantity },
    isGood: page => Array.isArray(page.lines) && page.lines.length > 0,
  });
  if (filled === null) return GAVE_UP;
  visitor.note('delivery', typeof filled.promisedDays === 'number');
  const order = await visitor.ask({
    owner: 'checkout',
    method: 'POST',
    path: '/api/orders',
    token,
    body: {
      cartId: cart.cartId,
      payment: { card: `card-${shopper.id}` },
      idempotencyKey: `key-${shopper.walk ?? shopper.id}`,
    },
    isGood: page => typeof page.orderId === 'string' || page.error === 'payment-declined',
  });
  if (order === null) return GAVE_UP;
  return typeof order.orderId === 'string' ? { succeeded: true, order: toOrder(order) } : DONE;
}

async function seeProduct(visitor: Visitor, shopper: Shopper, shop: ShopDirectory): Promise<Page> {
  const page = await visitor.ask({
    owner: 'pricing',
    method: 'GET',
    path: `/api/products/${wishOf(shopper, shop).productId}`,
    isGood: product => typeof product.priceCents === 'number',
  });
  if (page !== null) visitor.note('inventory', typeof page.available === 'number');
  return page;
}

/** A product as the shop lists it. */
interface Listed {
  readonly id: string;
  /** Null when it has no price just now. */
  readonly priceCents: number | null;
}

/** The n-th page of all products, from 1; empty when the visitor gave up on it. */
export async function lookAtListing(visitor: Visitor, number: number): Promise<readonly Listed[]> {
  const page = await visitor.ask({
    owner: 'pricing',
    method: 'GET',
    path: `/api/products?page=${number}`,
    isGood: ({ products }) => Array.isArray(products),
  });
  return (page?.products ?? []) as readonly Listed[];
}

async function signIn(visitor: Visitor, shopper: Shopper, shop: ShopDirectory): Promise<string | null> {
  const { id, password } = shop.customer(shopper.region, shopper.draw('customer'));
  const page = await visitor.ask({
    owner: 'accounts',
    method: 'POST',
    path: '/api/sessions',
    body: { customerId: id, password },
    isGood: session => typeof session.token === 'string',
  });
  return page === null ? null : String(page.token);
}

function toOrder(page: NonNullable<Page>): ConfirmedOrder {
  return {
    orderId: String(page.orderId),
    lines: page.lines as ConfirmedOrder['lines'],
    totalCents: Number(page.totalCents),
    promisedDays: typeof page.promisedDays === 'number' ? page.promisedDays : null,
  };
}
