import { expect, test } from 'vitest';
import { testAction, testGoal } from './testing/test-events.ts';
import { GATE_MS, HOUR, MINUTE, type TestArm } from './testing/test-journal.ts';
import { ARMS, testRun, UNGUARDED, withArm } from './testing/test-run.ts';

const AT_MS = GATE_MS + 10 * MINUTE;

function only(arms: readonly TestArm[]) {
  const scenario = testRun(arms).scenarios[0];
  if (scenario === undefined) throw new Error('the run has no scenario');
  return scenario;
}

function rolledBack(atMs: number): NonNullable<TestArm['events']>[number] {
  const step = {
    rolloutId: 'rollout-1',
    actionId: 'action-1',
    service: 'cost-explorer',
    region: 'cn-north-1',
  };
  const state = { build: 'fix', wave: 0, trafficShare: 0, step: 'rolled-back' as const };
  return [
    atMs,
    { type: 'rollout-step', ...step, ...state, by: 'deletion-protection', reason: 'errors rise' },
  ];
}

test('the scorecard names who made the mistake, for whom, and what was asked of them', () => {
  expect(only(ARMS).mistakeBy).toEqual({
    id: 'agent-1',
    kind: 'agent',
    onBehalfOf: 'engineer-17',
    task: 'Correct the rounding',
  });
  const untried = only([{ arm: 'calm' }, { arm: 'unguarded' }, { arm: 'guarded' }]);
  expect(untried.mistakeBy).toBeNull();
});

test('what turned a mistake round is the first roll-back or repair; nothing where nothing took effect', () => {
  expect(only(ARMS).arms.guarded?.undoing).toBeNull();
  const repaired = only(withArm({ ...UNGUARDED, arm: 'guarded' }));
  expect(repaired.arms.guarded?.undoing).toMatchObject({ how: 'repaired', atMs: AT_MS + 2 * HOUR });
  const events = [...(UNGUARDED.events ?? []), rolledBack(AT_MS + 30 * MINUTE)];
  expect(only(withArm({ ...UNGUARDED, arm: 'guarded', events })).arms.guarded?.undoing).toEqual({
    how: 'rolled-back',
    by: 'deletion-protection',
    what: 'errors rise',
    atMs: AT_MS + 30 * MINUTE,
  });
});

test('the last thing in the way of a harmless change is told, a roll-back after a refusal included', () => {
  const refused = testAction({ atMs: AT_MS, decision: 'denied', by: ['deletion-protection'] });
  const goal = testGoal(7 * HOUR, { changeId: 'rebuild', met: false, metAtMs: null });
  const benign = (...events: NonNullable<TestArm['events']>[number][]) =>
    only(withArm({ arm: 'benign', events: [...events, goal] })).arms.benign?.hindrance;
  expect(benign()).toBeNull();
  expect(benign(...refused)).toMatchObject({ how: 'refused', by: ['deletion-protection'], atMs: AT_MS });
  expect(benign(...refused, rolledBack(AT_MS + HOUR))).toMatchObject({
    how: 'rolled-back',
    reason: 'errors rise',
  });
});

test('a refusal of somebody else than the change is not in its way', () => {
  const other = testAction({ atMs: AT_MS, decision: 'denied', by: ['deletion-protection'], stepId: null });
  expect(only(withArm({ arm: 'benign', events: other })).arms.benign?.hindrance).toBeNull();
});
