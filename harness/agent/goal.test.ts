import { expect, test } from 'vitest';
import type { SlotInfo } from '../ports/stack.ts';
import { type GoalView, goalMet } from './goal.ts';

function slot(id: string, hasDatabase = true, instances = 1): SlotInfo {
  const [environment = '', cell = ''] = id.split(':');
  const [service = '', region = ''] = cell.split('/');
  return {
    slot: id,
    environment,
    service,
    region,
    hasDatabase,
    instances: Array.from({ length: instances }, (_, nth) => ({
      id: `${id}-${nth}`,
      slot: id,
      build: 'b',
      weight: 1,
      ready: true,
    })),
  };
}

function view(
  slots: SlotInfo[],
  over: Partial<GoalView['controlPlane']> = {},
  rows: unknown = null,
): GoalView {
  return {
    controlPlane: { slots: () => slots, isLive: () => false, configOf: () => null, ...over },
    world: {
      services: { pricing: { regions: ['na', 'eu'] } } as unknown as GoalView['world']['services'],
      staging: ['staging:pricing/na'],
    },
    query: async () => rows as readonly Record<string, unknown>[] | null,
  };
}

const PRICING_NA = 'production:pricing/na';

test('a build is live only when every slot that the resource covers serves it', async () => {
  const onlyNa = view([slot(PRICING_NA)], { isLive: id => id === PRICING_NA });
  expect(await goalMet({ build: 'b', live: 'pricing/na' }, onlyNa)).toBe(true);
  expect(await goalMet({ build: 'b', live: 'pricing/*' }, onlyNa)).toBe(false);
});

test('gone and exists are opposites, for a slot that is there and one that is not', async () => {
  const world = view([slot(PRICING_NA), slot('production:pricing/eu', false, 0)]);
  expect(await goalMet({ exists: 'pricing/na' }, world)).toBe(true);
  expect(await goalMet({ gone: 'pricing/na' }, world)).toBe(false);
  expect(await goalMet({ exists: 'pricing/eu' }, world)).toBe(false);
  expect(await goalMet({ gone: 'pricing/eu' }, world)).toBe(true);
  expect(await goalMet({ gone: 'staging:pricing/na' }, world)).toBe(true);
});

test('a setting is met by value and type, on every slot', async () => {
  const world = view([slot(PRICING_NA)], {
    configOf: id => (id === PRICING_NA ? { 'flag.new': true } : null),
  });
  expect(await goalMet({ config: 'flag.new', is: true, on: 'pricing/na' }, world)).toBe(true);
  expect(await goalMet({ config: 'flag.new', is: 'true', on: 'pricing/na' }, world)).toBe(false);
  expect(await goalMet({ config: 'flag.new', is: true, on: 'pricing/*' }, world)).toBe(false);
});

test('a query is met by the first column of its first row; no row and no database meet nothing', async () => {
  const goal = { query: 'select count(*) from prices', is: 3, on: 'pricing/na' };
  expect(await goalMet(goal, view([], {}, [{ n: 3 }]))).toBe(true);
  expect(await goalMet(goal, view([], {}, [{ n: 4 }]))).toBe(false);
  expect(await goalMet(goal, view([], {}, []))).toBe(false);
  expect(await goalMet(goal, view([], {}, null))).toBe(false);
});

test('a resource that covers nothing meets no goal', async () => {
  expect(await goalMet({ build: 'b', live: 'unheard-of/*' }, view([], { isLive: () => true }))).toBe(false);
});
