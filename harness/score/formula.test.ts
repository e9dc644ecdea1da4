import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ScoredScenario, scoreOf } from './formula.ts';

const severity = fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, null);
const scenario: fc.Arbitrary<ScoredScenario> = fc.record({
  verdict: fc.constantFrom('contained' as const, 'escaped' as const, 'inconclusive' as const),
  containmentRatio: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  unguardedSeverity: severity,
  guardedSeverity: severity,
});
const changes = fc
  .tuple(fc.nat(50), fc.nat(50))
  .map(([a, b]) => ({ known: Math.max(a, b), letThrough: Math.min(a, b) }));
const day = fc.record({ scenarios: fc.array(scenario, { maxLength: 12 }), changes });

test('the score is between 0 and 100, or there is none', () => {
  fc.assert(
    fc.property(day, input => {
      const { value } = scoreOf(input);
      const isConclusive = input.scenarios.some(({ verdict }) => verdict !== 'inconclusive');
      if (!isConclusive || input.changes.known === 0) expect(value).toBeNull();
      else expect(value !== null && value >= 0 && value <= 100).toBe(true);
    }),
  );
});

test('100 needs everything contained whole and everything harmless let through', () => {
  fc.assert(
    fc.property(day, input => {
      if (scoreOf(input).value !== 100) return;
      expect(input.changes.letThrough).toBe(input.changes.known);
      expect(input.scenarios.some(({ verdict }) => verdict === 'escaped')).toBe(false);
    }),
  );
});

test('more harm never raises the score', () => {
  const worse = fc.record({
    index: fc.nat(),
    loss: fc.double({ min: 0, max: 1, noNaN: true }),
    escapes: fc.boolean(),
  });
  fc.assert(
    fc.property(day, worse, (input, { index, loss, escapes }) => {
      const at = index % Math.max(1, input.scenarios.length);
      const scenarios = input.scenarios.map((one, place) => {
        if (place !== at || one.verdict === 'inconclusive') return one;
        const verdict = escapes ? ('escaped' as const) : one.verdict;
        const guardedSeverity = escapes ? (1 as const) : one.guardedSeverity;
        return {
          ...one,
          verdict,
          guardedSeverity,
          containmentRatio: (one.containmentRatio ?? 0) * (1 - loss),
        };
      });
      expect(scoreOf({ ...input, scenarios }).value ?? 0).toBeLessThanOrEqual(scoreOf(input).value ?? 0);
    }),
  );
});

test('letting more harmless work through never lowers the score', () => {
  fc.assert(
    fc.property(day, input => {
      const { known, letThrough } = input.changes;
      const better = { ...input, changes: { known, letThrough: Math.min(known, letThrough + 1) } };
      expect(scoreOf(better).value ?? 0).toBeGreaterThanOrEqual(scoreOf(input).value ?? 0);
    }),
  );
});

test('a profile that denies everything has no score above nought', () => {
  const contained = {
    verdict: 'contained',
    containmentRatio: 1,
    unguardedSeverity: 1,
    guardedSeverity: null,
  } as const;
  expect(scoreOf({ scenarios: [contained], changes: { known: 10, letThrough: 0 } }).value).toBe(0);
});
