import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type KeptGameDay, toRemove } from './retention.ts';

const DAY_MS = 86_400_000;
const NOW_MS = 1_000 * DAY_MS;
const folder = fc.record({
  name: fc.stringMatching(/^[a-z0-9]{4}$/),
  startedMs: fc.integer({ min: 0, max: 999 }).map(day => day * DAY_MS),
  outcome: fc.constantFrom('good', 'bad', 'other'),
  isInUse: fc.boolean(),
}) satisfies fc.Arbitrary<KeptGameDay>;
const folders = fc.uniqueArray(folder, { selector: ({ name }) => name, maxLength: 20 });
const rule = fc.record(
  {
    keep: fc.integer({ min: 1, max: 25 }),
    maxAge: fc.integer({ min: 1, max: 900 }).map(days => days * DAY_MS),
  },
  { requiredKeys: ['keep'] },
);

test('the last good, the last bad and what is in use are never removed', () => {
  fc.assert(
    fc.property(folders, rule, (known, retention) => {
      const removed = new Set(toRemove(known, retention, NOW_MS));
      const left = known.filter(({ name }) => !removed.has(name));
      for (const outcome of ['good', 'bad'] as const) {
        const of = known.filter(each => each.outcome === outcome).map(({ startedMs }) => startedMs);
        if (of.length > 0)
          expect(left.filter(each => each.outcome === outcome).map(({ startedMs }) => startedMs)).toContain(
            Math.max(...of),
          );
      }
      expect(left.filter(({ isInUse }) => isInUse)).toEqual(known.filter(({ isInUse }) => isInUse));
    }),
  );
});

test('what is left is bounded, and nothing is removed that is young and among the newest', () => {
  fc.assert(
    fc.property(folders, rule, (known, retention) => {
      const removed = toRemove(known, retention, NOW_MS);
      const inUse = known.filter(({ isInUse }) => isInUse).length;
      expect(known.length - removed.length).toBeLessThanOrEqual(retention.keep + inUse + 2);
      for (const name of removed) {
        const gone = known.find(each => each.name === name);
        const newer = known.filter(({ startedMs }) => startedMs > (gone?.startedMs ?? 0)).length;
        const isOld = retention.maxAge !== undefined && NOW_MS - (gone?.startedMs ?? 0) > retention.maxAge;
        const sameTime = known.filter(({ startedMs }) => startedMs === gone?.startedMs).length;
        expect(isOld || newer + sameTime > retention.keep).toBe(true);
      }
    }),
  );
});

test('by count and by age, the oldest first', () => {
  const at = (day: number, outcome: KeptGameDay['outcome']): KeptGameDay => ({
    ...{ name: `day-${day}`, startedMs: day * DAY_MS, outcome, isInUse: false },
  });
  const known = [at(1, 'bad'), at(2, 'good'), at(3, 'other'), at(4, 'good'), at(5, 'good')];
  expect(toRemove(known, { keep: 2 }, 6 * DAY_MS)).toEqual(['day-2', 'day-3']);
  expect(toRemove(known, { keep: 9, maxAge: 2 * DAY_MS }, 6 * DAY_MS)).toEqual(['day-2', 'day-3']);
});
