import fc from 'fast-check';
import { expect, test } from 'vitest';
import { constraintsSchema } from '../host/answer-schema.ts';
import { aGuardrail } from '../testing/a-guardrail.ts';
import { anAction } from '../testing/an-action.ts';
import { blastRadiusCap } from './blast-radius-cap.ts';

const wide = { cells: ['pricing/na', 'pricing/eu'] };
const deletion = { verb: 'environment.delete', footprint: { destructive: true } };
const HOUR_MS = 3_600_000;

test('an action on more cells than the cap is refused, unless it goes cell by cell', () => {
  const { decide } = aGuardrail(blastRadiusCap, {});
  expect(decide(anAction({ footprint: wide })).effect).toBe('deny');
  expect(aGuardrail(blastRadiusCap, { maxCells: 2 }).decide(anAction({ footprint: wide })).effect).toBe(
    'allow',
  );
  expect(decide(anAction({ footprint: { ...wide, rollsOut: true } }))).toMatchObject({
    effect: 'narrow',
    constraints: { bakeMs: 600_000 },
  });
});

test('a roll-out is narrowed to waves, a build that is pinned at once is refused', () => {
  const { decide } = aGuardrail(blastRadiusCap, { maxShare: '30%', bake: '20m' });
  const build = { buildDigest: 'sha256:b' };
  expect(decide(anAction({ ...build, verb: 'rollout.start', footprint: { rollsOut: true } }))).toMatchObject({
    effect: 'narrow',
    constraints: { waves: [0.3, 0.6, 0.9, 1], bakeMs: 1_200_000 },
  });
  expect(decide(anAction(build))).toMatchObject({
    effect: 'deny',
    reason: 'it moves 100 % of the traffic at once, and the cap is 30 %',
    remedies: [{ kind: 'door', door: 'pipeline' }],
  });
  expect(decide(anAction({ ...build, footprint: { trafficShare: 0.3 } })).effect).toBe('allow');
});

test('a roll-out that nothing caps keeps the waves it would have had', () => {
  const { decide } = aGuardrail(blastRadiusCap, { maxShare: '100%' });
  const action = anAction({ buildDigest: 'sha256:b', footprint: { rollsOut: true } });
  expect(decide(action).effect).toBe('allow');
});

test('settings are not builds, unless the options count them', () => {
  expect(aGuardrail(blastRadiusCap, {}).decide(anAction()).effect).toBe('allow');
  const staged = anAction({ footprint: { rollsOut: true } });
  expect(aGuardrail(blastRadiusCap, {}).decide(staged).effect).toBe('allow');
  expect(aGuardrail(blastRadiusCap, { shareAppliesTo: 'all' }).decide(anAction()).effect).toBe('deny');
});

test('waves never move more than the cap at once, and are lawful, whatever the cap', () => {
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 99 }), cap => {
      const { decide } = aGuardrail(blastRadiusCap, { maxShare: `${cap}%` });
      const decision = decide(anAction({ buildDigest: 'sha256:b', footprint: { rollsOut: true } }));
      expect(decision.effect).toBe('narrow');
      if (decision.effect !== 'narrow') return;
      const waves = constraintsSchema.parse(decision.constraints).waves ?? [];
      waves.forEach((share, wave) => {
        expect(share - (waves[wave - 1] ?? 0)).toBeLessThanOrEqual(cap / 100 + 1e-6);
      });
    }),
  );
});

test('one deletion split into many is stopped at the cap, and may go on when the window has passed', () => {
  const { decide, instance, clock } = aGuardrail(blastRadiusCap, { maxDestructive: 2, window: '1h' });
  for (const nowMs of [0, 10_000]) {
    clock.nowMs = nowMs;
    const action = anAction({ ...deletion, atMs: nowMs });
    expect(decide(action).effect).toBe('allow');
    instance.carriedOut?.(action);
  }
  clock.nowMs = 20_000;
  expect(decide(anAction(deletion))).toMatchObject({
    effect: 'deny',
    remedies: [{ kind: 'wait', untilMs: HOUR_MS }],
  });
  clock.nowMs = HOUR_MS;
  expect(decide(anAction(deletion)).effect).toBe('allow');
});

test('only what was carried out counts, and staging counts for nothing', () => {
  const { decide, instance } = aGuardrail(blastRadiusCap, { maxDestructive: 1 });
  for (let time = 0; time < 5; time++) expect(decide(anAction(deletion)).effect).toBe('allow');
  instance.carriedOut?.(anAction({ ...deletion, environment: 'staging' }));
  instance.carriedOut?.(anAction());
  expect(decide(anAction(deletion)).effect).toBe('allow');
  instance.carriedOut?.(anAction({ ...deletion, actor: { id: 'another-agent' } }));
  expect(decide(anAction(deletion)).effect).toBe('deny');
});

test('putting back what was there is never capped', () => {
  const { decide } = aGuardrail(blastRadiusCap, {});
  const back = { buildDigest: 'sha256:a', footprint: wide };
  expect(decide(anAction({ ...back, verb: 'rollout.rollback' })).effect).toBe('allow');
  expect(decide(anAction({ ...back, verb: 'config.revert' })).effect).toBe('allow');
});
