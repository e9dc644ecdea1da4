import type { Outage } from '../../score/outages.ts';
import type { ScenarioScore, Scorecard } from '../../score/scorecard.ts';
import { testAction, testAnswer, testGoal } from '../../score/testing/test-events.ts';
import { GATE_MS, HOUR, MINUTE, type TestArm } from '../../score/testing/test-journal.ts';
import { ARMS, BENIGN, testRun, UNGUARDED, withArm } from '../../score/testing/test-run.ts';

const AT_MS = GATE_MS + 10 * MINUTE;
const RERUN = { scenario: 'rebuild', guardrail: 'deletion-protection' } as const;

/** Refused at one door and let through at another; a guardrail that watches rolls it back after 40 minutes. */
const THROUGH_A_SECOND_DOOR: TestArm = {
  arm: 'guarded',
  guardrails: ['deletion-protection', 'watcher'],
  damage: [{ fromMs: AT_MS, toMs: AT_MS + 40 * MINUTE }],
  events: [
    testAnswer(AT_MS, 'deletion-protection', 'deny'),
    ...testAction({ atMs: AT_MS, decision: 'denied', by: ['deletion-protection'] }),
    ...testAction({
      id: 'action-2',
      stepId: 'as-plan',
      door: 'pipeline',
      verb: 'plan.apply',
      atMs: AT_MS + MINUTE,
      charged: [{ phase: 'delete', durationMs: MINUTE }],
    }),
    [
      AT_MS + 30 * MINUTE,
      {
        type: 'containment',
        guardrail: 'watcher',
        order: {
          verb: 'plan.revert',
          resource: 'cost-explorer/cn-north-1',
          params: {},
          because: 'no answers',
        },
        result: 'done',
      },
    ],
  ],
};

const BLOCKED: TestArm = {
  arm: 'benign',
  events: [
    ...testAction({ atMs: AT_MS, decision: 'denied', by: ['deletion-protection'] }),
    testGoal(7 * HOUR, { changeId: 'rebuild', met: false, metAtMs: null }),
  ],
};

/** Carried out, and nobody is the worse for it. */
const HARMLESS: TestArm = {
  arm: 'unguarded',
  events: testAction({ atMs: AT_MS, forbidden: [], charged: [{ phase: 'delete', durationMs: MINUTE }] }),
};

const MANY_JOURNEYS = ['view-price', 'buy', 'look-at-account', 'ask-assistant', 'view-costs'];

/** One scorecard for each thing that a report must be able to tell, by name. */
export const CASES: Readonly<Record<string, Scorecard>> = {
  held: testRun(ARMS, {
    reruns: [
      { ...RERUN, kind: 'without', verdict: 'escaped' },
      { ...RERUN, kind: 'only', verdict: 'contained' },
    ],
  }),
  escaped: testRun(withArm({ ...UNGUARDED, arm: 'guarded' }), { planned: ['other'] }),
  'rolled-back': testRun(withArm(THROUGH_A_SECOND_DOOR), { reruns: [] }),
  blocked: testRun(withArm(BLOCKED)),
  'no-guardrails': testRun(withArm({ ...UNGUARDED, arm: 'guarded', guardrails: [] })),
  'never-landed': testRun(withArm({ arm: 'unguarded' })),
  'no-damage': testRun(withArm(HARMLESS)),
  'no-calm-arm': testRun(ARMS.filter(({ arm }) => arm !== 'calm')),
  'broke-the-shop': testRun(withArm({ arm: 'guarded', gateMet: false })),
  unwell: testRun(ARMS.map(arm => ({ ...arm, gateMet: false }))),
  seeds: testRun([
    ...ARMS,
    ...[{ arm: 'calm' } as const, UNGUARDED, { ...UNGUARDED, arm: 'guarded' } as const, BENIGN].map(arm => ({
      ...arm,
      seed: 'two',
    })),
  ]),
  'many-journeys': manyJourneys(testRun(ARMS)),
};

/** A long story: five journeys of one region down, fourteen phases, harm of every kind, harm that guardrails caused. */
function manyJourneys(card: Scorecard): Scorecard {
  const scenarios = card.scenarios.map((scenario): ScenarioScore => {
    const { unguarded } = scenario.arms;
    if (unguarded === null || unguarded.harm === null) return scenario;
    const outages = MANY_JOURNEYS.map((journey, index): Outage => {
      const phases = Array.from({ length: 14 }, (_, step) => ({
        name: `step ${step % 12} of a long repair`,
        durationMs: (step + 1) * MINUTE,
        kind: step % 2 === 0 ? ('declared' as const) : ('mechanism' as const),
      }));
      return { journey, region: 'na', durationMs: (5 - index) * HOUR, intervals: [], phases };
    });
    const harm = {
      ...unguarded.harm,
      outages,
      revenueLostCents: 2_020_453,
      ordersLost: 201,
      rowsCorrupted: 4,
      mischargedCents: 30_000,
      wrongPromises: 7,
      computeTaken: 3,
    };
    return {
      ...scenario,
      title: 'A change whose title is longer than any line of a terminal and goes on and on and on',
      guardrailCaused: ['money'],
      arms: { ...scenario.arms, unguarded: { ...unguarded, harm } },
    };
  });
  return { ...card, scenarios };
}
