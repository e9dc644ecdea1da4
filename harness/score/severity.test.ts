import { expect, test } from 'vitest';
import { HARMS } from '../scenario/scenario-schema.ts';
import type { Harm } from './harm.ts';
import { severityOf } from './severity.ts';

const RULES = [
  { severity: 1 as const, anyOf: [{ harm: 'orderDrop', atLeast: 0.5, because: 'half of all orders' }] },
];

function harm(hadOutage: boolean): Harm {
  const placed = Object.fromEntries(HARMS.map(name => [name, []])) as unknown as Harm['placed'];
  const orderDrops = [{ region: 'eu', journey: null, share: 0.6, hadOutage }];
  return { placed, outages: [], orderDrops, cellsAffected: [], cellsInWorld: 10 };
}

test('a drop of orders is a severity where the region was down, and chance where it was spared', () => {
  expect(severityOf(harm(true), RULES)).toBe(1);
  expect(severityOf(harm(false), RULES)).toBeNull();
});
