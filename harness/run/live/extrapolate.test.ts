import { expect, test } from 'vitest';
import { SHOP } from '../../../fixtures/data/shop.ts';
import type { ConfirmedOrder } from '../../ports/experience.ts';
import { wishOf } from '../../traffic/journey.ts';
import type { Arrival } from '../../traffic/shoppers.ts';
import { extrapolate } from './extrapolate.ts';
import type { Walked } from './walked.ts';

const PRODUCT = SHOP.productIds[0] ?? '';

function arrival(number: number): Arrival {
  const draw = (decision: string) => ((number * 7 + decision.length) % 10) / 10;
  return { atMs: 0, shopper: { id: `na-${number}`, number, region: 'na', draw }, journey: 'buy' };
}

function buyer(order: ConfirmedOrder | null, succeeded = true): Walked {
  const experience = {
    ...{ shopper: 'na-1', journey: 'buy', region: 'na', startedMs: 0, finishedMs: 200 },
    ...{ succeeded, steps: [], order, answer: null },
  };
  return { arrival: arrival(1), experience, durationMs: 200 };
}

function orderAt(share: number): ConfirmedOrder {
  const unitCents = Math.round((SHOP.listCents.get(PRODUCT) ?? 0) * share);
  const lines = [{ productId: PRODUCT, quantity: 1, unitCents }];
  return { orderId: 'order-1', lines, totalCents: unitCents, promisedDays: 2 };
}

const AT = { declines: 0.01, shop: SHOP, prices: SHOP.listCents };

test('a later shopper buys what she came for, at the price level that the sample met', () => {
  for (const share of [1, 0.1]) {
    const lived = extrapolate(arrival(5), [buyer(orderAt(share))], { ...AT, draw: () => 0.5 });
    const wish = wishOf(arrival(5).shopper, SHOP);
    const [line] = lived?.experience.order?.lines ?? [];
    expect(line).toMatchObject(wish);
    const listCents = SHOP.listCents.get(wish.productId) ?? 0;
    expect((line?.unitCents ?? 0) / listCents).toBeCloseTo(share, 2);
    expect(lived?.experience.order?.totalCents).toBe((line?.unitCents ?? 0) * wish.quantity);
  }
});

test('one declined card among the buyers of a sample does not decline every later one', () => {
  const held = [buyer(null), buyer(orderAt(1)), buyer(orderAt(1))];
  const lived = extrapolate(arrival(5), held, { ...AT, draw: name => (name === 'declined' ? 0.5 : 0) });
  expect(lived?.experience.order).not.toBeNull();
  const declined = extrapolate(arrival(5), held, { ...AT, draw: () => 0.005 });
  expect(declined?.experience).toMatchObject({ succeeded: true, order: null });
});

test('where most cards are declined, that is what the sample found', () => {
  const held = [buyer(null), buyer(null), buyer(orderAt(1))];
  const lived = extrapolate(arrival(5), held, { ...AT, draw: () => 0 });
  expect(lived?.experience.order).toBeNull();
});

test('failures are drawn as they were lived, and without a sample there is nothing to live', () => {
  const held = [buyer(null, false)];
  expect(extrapolate(arrival(5), held, { ...AT, draw: () => 0.3 })?.experience.succeeded).toBe(false);
  expect(extrapolate(arrival(5), [], { ...AT, draw: () => 0.3 })).toBeNull();
});
