import { expect, test } from 'vitest';
import { HARMS, type HarmName } from '../scenario/scenario-schema.ts';
import { budgetUse, fullestShare, overdrawn } from './budget.ts';
import type { Harm } from './harm.ts';
import type { PlacedAmount } from './place.ts';

function harm(placed: Partial<Record<HarmName, PlacedAmount[]>>): Harm {
  const all = Object.fromEntries(HARMS.map(name => [name, placed[name] ?? []])) as unknown as Harm['placed'];
  return { placed: all, outages: [], orderDrops: [], cellsAffected: [], cellsInWorld: 10 };
}

const at = (journey: string, region: string, amount: number) => ({ journey, region, cell: null, amount });
const because = 'agreed';

test('each place falls under the most specific line that covers it', () => {
  const uses = budgetUse(
    harm({ failedJourneys: [at('buy', 'na', 5), at('buy', 'eu', 7), at('view-costs', 'eu', 1)] }),
    [
      { harm: 'failedJourneys', atMost: 10, because },
      { harm: 'failedJourneys', journey: 'buy', atMost: 6, because },
      { harm: 'failedJourneys', journey: 'buy', region: 'na', atMost: 6, because },
    ],
  );
  expect(uses.map(({ used }) => used)).toEqual([1, 7, 5]);
  expect(overdrawn(uses).map(({ journey, region }) => [journey, region])).toEqual([['buy', null]]);
  expect(fullestShare(uses)).toBeCloseTo(7 / 6);
});

test('outages in several places count by the longest, other harms by the sum', () => {
  const places = [at('buy', 'na', 60_000), at('buy', 'eu', 90_000)];
  const lines = [
    { harm: 'outage' as const, atMost: 100_000, because },
    { harm: 'failedJourneys' as const, atMost: 100_000, because },
  ];
  const uses = budgetUse(harm({ outage: places, failedJourneys: places }), lines);
  expect(uses.map(({ used }) => used)).toEqual([90_000, 150_000]);
});

test('harm that no line covers falls under a line of zero', () => {
  const uses = budgetUse(
    harm({ rowsLost: [{ journey: null, region: 'na', cell: 'pricing/na', amount: 1 }] }),
    [{ harm: 'rowsLost', region: 'eu', atMost: 5, because }],
  );
  expect(overdrawn(uses)).toMatchObject([{ harm: 'rowsLost', atMost: 0, used: 1, share: null }]);
  expect(fullestShare(uses)).toBeNull();
});
