import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Knowledge, nameOf, nextIdea } from './next-idea.ts';
import type { RegionView } from './region-view.ts';
import type { UndoableChange } from './undoable-changes.ts';

const KNOWLEDGE: Knowledge = {
  watchedTables: [
    { service: 'pricing', table: 'prices', key: 'id', columns: [] },
    { service: 'stock', table: 'stock', key: 'id', columns: [] },
  ],
  // A ring, as service maps have them.
  dependsOn: service => (service === 'shop' ? ['pricing'] : service === 'pricing' ? ['stock', 'shop'] : []),
};

const CALM: RegionView = {
  region: 'na',
  lost: [],
  unhealthy: [],
  damaged: [],
  hasOpenAlarm: false,
  changes: [],
};

function change(actionId: string, cells: string[], isDocumented = false): UndoableChange {
  return {
    actionId,
    atMs: 0,
    what: actionId,
    cells,
    isDocumented,
    undo: { verb: 'rollout.rollback', params: {} },
  };
}

const NOTHING = new Map<string, number>();

test('a missing home comes before everything else', () => {
  const view: RegionView = {
    ...CALM,
    lost: [{ cell: 'pricing/na', state: 'missing', lostAtMs: 1 }],
    unhealthy: ['shop/na'],
    changes: [change('c1', ['shop/na'], true)],
  };
  expect(nextIdea(view, NOTHING, KNOWLEDGE)).toMatchObject({ kind: 'rebuild', lost: { cell: 'pricing/na' } });
});

test('the suspect is the newest change that touched what is unhealthy', () => {
  const view: RegionView = {
    ...CALM,
    unhealthy: ['shop/na', 'pricing/na'],
    changes: [
      change('elsewhere', ['stock/na'], true),
      change('here', ['pricing/na'], true),
      change('older', ['shop/na']),
    ],
  };
  expect(nextIdea(view, NOTHING, KNOWLEDGE)).toMatchObject({
    kind: 'roll-back',
    change: { actionId: 'here' },
  });
});

test('data is repaired last, of the unhealthy services and all that they call, each once', () => {
  const view: RegionView = { ...CALM, unhealthy: ['shop/na'] };
  expect(nextIdea(view, new Map([['restart', 1]]), KNOWLEDGE)).toEqual({
    kind: 'repair-data',
    tables: [
      { cell: 'pricing/na', table: 'prices' },
      { cell: 'stock/na', table: 'stock' },
    ],
  });
});

test('with nothing but an alarm and no change they are out of ideas', () => {
  expect(nextIdea({ ...CALM, hasOpenAlarm: true }, NOTHING, KNOWLEDGE)).toBeNull();
});

test('whatever is seen, ideas run out', () => {
  const cells = fc.subarray(['shop/na', 'pricing/na', 'stock/na']);
  const view = fc.record({
    unhealthy: cells,
    damaged: cells,
    lost: cells.map(lost => lost.map(cell => ({ cell, state: 'missing' as const, lostAtMs: null }))),
    changes: fc
      .array(fc.tuple(cells, fc.boolean()), { maxLength: 12 })
      .map(drawn => drawn.map(([touched, isDocumented], nth) => change(`c${nth}`, touched, isDocumented))),
  });
  fc.assert(
    fc.property(view, seen => {
      const tried = new Map<string, number>();
      for (let nth = 0; nth < 20; nth++) {
        const idea = nextIdea({ ...CALM, ...seen }, tried, KNOWLEDGE);
        if (idea === null) return;
        tried.set(nameOf(idea), (tried.get(nameOf(idea)) ?? 0) + 1);
      }
      expect.unreachable('they still had ideas after 20');
    }),
  );
});
