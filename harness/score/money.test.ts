import { expect, test } from 'vitest';
import type { LineOf } from './arm-record.ts';
import { orderDrops } from './money.ts';

const MINUTE = 60_000;

/** One window a minute, with so many orders in each region. */
function sales(orders: Readonly<Record<string, readonly number[]>>): LineOf<'window'>[] {
  const minutes = Math.max(...Object.values(orders).map(({ length }) => length));
  return Array.from({ length: minutes }, (_, minute) => ({
    seq: minute,
    atMs: (minute + 1) * MINUTE,
    type: 'window',
    fromMs: minute * MINUTE,
    toMs: (minute + 1) * MINUTE,
    journeys: [],
    money: Object.entries(orders).map(([region, sold]) => ({
      region,
      orders: sold[minute] ?? 0,
      revenueCents: 0,
      mispricedOrders: 0,
      mischargedCents: 0,
      wrongPromises: 0,
      offPolicyAnswers: 0,
    })),
  }));
}

function outage(region: string, fromMinute: number, toMinute: number) {
  const interval = { fromMs: fromMinute * MINUTE, toMs: toMinute * MINUTE };
  const durationMs = interval.toMs - interval.fromMs;
  return { journey: 'buy', region, durationMs, intervals: [interval], phases: [] };
}

const CALM = sales({ na: [4, 4, 4, 4], eu: [4, 4, 4, 4] });

test('a region that was spared is measured over the longest outage elsewhere', () => {
  const arm = sales({ na: [4, 0, 0, 4], eu: [0, 4, 3, 0] });
  const drops = orderDrops({ arm, calm: CALM }, [outage('na', 1, 3), outage('na', 0, 1)]);
  expect(drops).toContainEqual({ region: 'eu', journey: null, share: 1 / 8, hadOutage: false });
});

test('without any outage every region is measured over the whole arm', () => {
  const arm = sales({ na: [4, 4, 4, 4], eu: [4, 4, 4, 0] });
  expect(orderDrops({ arm, calm: CALM }, [])).toEqual([
    { region: 'eu', journey: null, share: 1 / 4, hadOutage: false },
    { region: 'na', journey: null, share: 0, hadOutage: false },
  ]);
});

test('where the calm arm sold nothing in that time, nothing is measured', () => {
  const calm = sales({ na: [4, 4], eu: [0, 4] });
  const drops = orderDrops({ arm: sales({ na: [0, 4], eu: [0, 0] }), calm }, [outage('na', 0, 1)]);
  expect(drops.map(({ region }) => region)).not.toContain('eu');
});
