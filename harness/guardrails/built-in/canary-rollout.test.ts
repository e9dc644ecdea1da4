import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RolloutGate } from '../../ports/guardrail.ts';
import type { CellTelemetry } from '../../ports/telemetry.ts';
import { aGuardrail } from '../testing/a-guardrail.ts';
import { canaryRollout } from './canary-rollout.ts';

function side(requests: number, errors = 0, latencyMsP99 = 100): CellTelemetry {
  return { cell: 'pricing/na', build: 'b', requests, errors, latencyMsP50: 10, latencyMsP99 };
}

function gate(sides: Partial<Pick<RolloutGate, 'before' | 'baseline' | 'canary'>>, wave = 0): RolloutGate {
  return {
    rolloutId: 'rollout-1',
    service: 'pricing',
    region: 'na',
    build: 'b',
    wave,
    trafficShare: 0.05,
    observedMs: 600_000,
    before: null,
    baseline: null,
    canary: null,
    ...sides,
  };
}

function rulingOf(sides: Parameters<typeof gate>[0], options = {}) {
  return aGuardrail(canaryRollout, options).instance.gateRollout?.(gate(sides));
}

test('it imposes its waves and bake time', () => {
  expect(aGuardrail(canaryRollout, {}).instance.rolloutPlan).toEqual({
    waves: [0.05, 0.25, 1],
    bakeMs: 600_000,
  });
});

test('a canary that does as well as the old build advances', () => {
  expect(rulingOf({ baseline: side(900, 9), canary: side(100, 1) })).toMatchObject({ ruling: 'advance' });
});

test.each([
  ['fails more', side(100, 5), '5.0 % of 100 requests failed on the new build, 0.0 % on the old one'],
  ['is slower', side(100, 0, 900), 'the new build is slower: p99 900 ms, 100 ms on the old one'],
])('a canary that %s than the old build is rolled back', (_how, canary, reason) => {
  expect(rulingOf({ baseline: side(900), canary })).toEqual({ ruling: 'roll-back', reason });
  expect(rulingOf({ before: side(900), canary })).toMatchObject({ ruling: 'roll-back' });
});

test('the old build’s own trouble is not held against the canary', () => {
  expect(rulingOf({ baseline: side(900, 200), canary: side(100, 22) })).toMatchObject({ ruling: 'advance' });
});

test('a handful of errors, or a few milliseconds, are taken for chance', () => {
  expect(rulingOf({ baseline: side(900), canary: side(60, 2) })).toMatchObject({ ruling: 'advance' });
  expect(rulingOf({ baseline: side(900, 0, 20), canary: side(60, 0, 80) })).toMatchObject({
    ruling: 'advance',
  });
});

test('too little data holds, a bounded number of times, and then rolls back', () => {
  const { instance } = aGuardrail(canaryRollout, { maxHolds: 2 });
  const rulings = [0, 0, 0].map(wave =>
    instance.gateRollout?.(gate({ baseline: side(900), canary: side(3) }, wave)),
  );
  expect(rulings).toMatchObject([{ ruling: 'hold' }, { ruling: 'hold' }, { ruling: 'roll-back' }]);
  expect(instance.gateRollout?.(gate({ canary: side(3) }, 1))).toMatchObject({ ruling: 'hold' });
});

test('a canary of which most requests fail is rolled back without waiting for more', () => {
  expect(rulingOf({ canary: side(4, 3) })).toMatchObject({ ruling: 'roll-back' });
});

test('the last wave is compared with the old build of an earlier one', () => {
  const { instance } = aGuardrail(canaryRollout, {});
  expect(instance.gateRollout?.(gate({ baseline: side(900, 90), canary: side(100, 10) }))).toMatchObject({
    ruling: 'advance',
  });
  const last = gate({ canary: side(1_000, 100) }, 2);
  expect(instance.gateRollout?.(last)).toMatchObject({ ruling: 'advance' });
  expect(instance.gateRollout?.({ ...last, region: 'eu' })).toMatchObject({ ruling: 'roll-back' });
});

test('with nothing to compare with, the old build is taken for faultless', () => {
  expect(rulingOf({ canary: side(100) })).toMatchObject({ ruling: 'advance' });
  expect(rulingOf({ canary: side(100, 5) })).toMatchObject({
    ruling: 'roll-back',
    reason: '5.0 % of 100 requests failed on the new build, nothing is known of the old one',
  });
});

test('without enough data on the new build it never advances', () => {
  const few = fc.option(fc.nat(49).map(requests => side(requests)));
  const any = fc.option(fc.nat(5_000).map(requests => side(requests)));
  fc.assert(
    fc.property(few, any, any, (canary, baseline, before) => {
      expect(rulingOf({ canary, baseline, before })).not.toMatchObject({ ruling: 'advance' });
    }),
  );
});
