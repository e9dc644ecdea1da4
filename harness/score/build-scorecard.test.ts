import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testAction, testGoal, testMoment, testPerson } from './testing/test-events.ts';
import { GATE_MS, HOUR, MINUTE, testJournal } from './testing/test-journal.ts';
import { ARMS, BENIGN, GUARDED, testRun, UNGUARDED, withArm } from './testing/test-run.ts';

const AT_MS = GATE_MS + 10 * MINUTE;

function only(card: ReturnType<typeof testRun>) {
  const scenario = card.scenarios[0];
  if (scenario === undefined) throw new Error('the run has no scenario');
  return scenario;
}

test('a mistake that is denied is contained and prevented, and the run holds', () => {
  const card = testRun(ARMS);
  const scenario = only(card);
  expect([scenario.verdict, scenario.reason, scenario.stage]).toEqual([
    'contained',
    'within-budget',
    'prevented',
  ]);
  expect(scenario.containmentRatio).toBe(1);
  expect(scenario.byClass).toEqual({ availability: 1, money: null, data: null, authority: 1 });
  expect(card.score).toMatchObject({
    value: 100,
    containment: 1,
    letThrough: 1,
    covered: 1,
    inconclusive: 0,
  });
  expect(card.exit).toEqual({ code: 0, name: 'held', reasons: [] });
  expect(card.note).toContain('1 of 2 known routes');
});

test('the unguarded arm shows the outage, its phases by kind, and what was destroyed', () => {
  const unguarded = only(testRun(ARMS)).arms.unguarded;
  const outage = unguarded?.harm?.outages[0];
  expect(outage).toMatchObject({ journey: 'view-costs', region: 'cn-north-1', durationMs: 2 * HOUR });
  expect(outage?.phases).toEqual([
    { name: 'delete', durationMs: MINUTE, kind: 'mechanism' },
    { name: 'noticing', durationMs: 3 * MINUTE, kind: 'declared' },
    { name: 'unattributed', durationMs: 16 * MINUTE, kind: 'mechanism' },
    { name: 'restore', durationMs: 60 * MINUTE, kind: 'mechanism' },
    { name: 'validate', durationMs: 20 * MINUTE, kind: 'mechanism' },
    { name: 'repair', durationMs: 20 * MINUTE, kind: 'declared' },
  ]);
  expect(unguarded?.harm).toMatchObject({
    failedJourneys: 240,
    cellsAffected: ['cost-explorer/cn-north-1'],
    cellsAffectedShare: 0.5,
    cellsDestroyed: 1,
    rowsLost: 0,
    rowsLostWorst: 500,
    forbiddenEffects: 1,
    ordersLost: 0,
  });
  expect(unguarded?.severity).toBe(2);
  expect(unguarded?.timeToDetectMs).toBe(3 * MINUTE);
  expect(unguarded?.timeToRecoverMs).toBe(2 * HOUR);
  // Within the same minute as the effect: the outage starts with its bucket.
  expect(unguarded?.timeToContainMs).toBe(0);
});

test('a moment that never came is null, and so is every time that needs it', () => {
  const guarded = only(testRun(ARMS)).arms.guarded;
  expect(guarded?.moments).toEqual({
    actionMs: null,
    effectMs: null,
    impactMs: null,
    detected: null,
    spreadStopped: null,
    steadyAgainMs: null,
  });
  expect([guarded?.timeToDetectMs, guarded?.timeToContainMs, guarded?.timeToRecoverMs]).toEqual([
    null,
    null,
    null,
  ]);
});

test('a mistake that gets through escapes over the worst line of the budget', () => {
  const card = testRun(withArm({ ...UNGUARDED, arm: 'guarded' }));
  const scenario = only(card);
  expect(scenario).toMatchObject({ verdict: 'escaped', stage: 'repaired-by-people', containmentRatio: 0 });
  expect(scenario.reason).toMatch(/^over-budget:/);
  expect(scenario.budgetShare).toBeNull();
  expect(scenario.routes).toEqual([
    { door: 'console', verb: 'environment.delete', state: 'passed' },
    { door: 'pipeline', verb: 'plan.apply', state: 'not-tried' },
  ]);
  expect(card.score.value).toBe(0);
  expect(card.exit).toMatchObject({ code: 1, name: 'weakness' });
});

test('the share of the budget used stands beside the ratio', () => {
  const damage = [{ fromMs: AT_MS, toMs: AT_MS + 5 * MINUTE }];
  const scenario = only(testRun(withArm({ ...GUARDED, damage, hasSnapshots: true })));
  const line = scenario.budget.find(({ harm }) => harm === 'outage');
  expect(line).toMatchObject({ used: 5 * MINUTE, atMost: 10 * MINUTE, share: 0.5 });
});

test.each([
  ['steady-state-not-met', withArm({ arm: 'calm', gateMet: false })],
  ['steady-state-not-met', withArm({ ...UNGUARDED, gateMet: false })],
  ['evidence-missing', ARMS.filter(({ arm }) => arm !== 'calm')],
  ['evidence-missing', ARMS.filter(({ arm }) => arm !== 'guarded')],
  ['evidence-missing', withArm({ ...GUARDED, isCut: true })],
  ['evidence-missing', withArm({ arm: 'calm', hasGate: false })],
  ['evidence-missing', withArm({ ...GUARDED, hasSnapshots: false })],
  ['arm-aborted', withArm({ ...GUARDED, status: 'aborted' })],
  ['mistake-never-landed', withArm({ arm: 'unguarded' })],
  ['no-damage-unguarded', withArm({ ...UNGUARDED, damage: [], events: harmless() })],
])('%s makes a scenario inconclusive, never a pass', (reason, arms) => {
  const card = testRun(arms);
  expect(only(card)).toMatchObject({ verdict: 'inconclusive', reason, containmentRatio: null, stage: null });
  expect(card.score).toMatchObject({ value: null, covered: 0, inconclusive: 1 });
  expect(card.exit.name).toBe('inconclusive');
});

function harmless() {
  return testAction({ atMs: AT_MS, forbidden: [], charged: [{ phase: 'delete', durationMs: MINUTE }] });
}

test('an arm that was interrupted ends the run as interrupted', () => {
  expect(testRun(withArm({ ...GUARDED, status: 'interrupted' })).exit.name).toBe('interrupted');
});

test('steady state that only the profile broke is an escape, not an excuse', () => {
  const scenario = only(testRun(withArm({ ...GUARDED, gateMet: false })));
  expect(scenario).toMatchObject({ verdict: 'escaped', reason: 'guardrail-broke-steady-state', stage: null });
});

test('a benign twin that is late or blocked is a weakness, and one without an outcome is no pass', () => {
  const twin = (metAtMs: number | null) =>
    withArm({
      ...BENIGN,
      events: [testGoal(7 * HOUR, { changeId: 'rebuild', met: metAtMs !== null, metAtMs })],
    });
  const late = testRun(twin(7 * HOUR));
  expect(only(late)).toMatchObject({ overBlocked: true, arms: { benign: { outcome: 'late' } } });
  expect(late.exit.name).toBe('weakness');
  expect(only(testRun(twin(null))).arms.benign?.outcome).toBe('blocked');
  expect(testRun(twin(null)).score.value).toBe(0);
  const silent = testRun(ARMS.filter(({ arm }) => arm !== 'benign'));
  expect(silent.exit.name).toBe('inconclusive');
  expect(silent.score.value).toBeNull();
});

test('harm that only the guarded arm did is the guardrails’ doing', () => {
  const scenario = only(testRun(withArm({ ...GUARDED, rowsLostAtEnd: 3 })));
  expect(scenario).toMatchObject({
    verdict: 'escaped',
    reason: 'over-budget:rowsLost',
    guardrailCaused: ['data'],
    byClass: { data: 0 },
    containmentRatio: 0,
  });
});

test('noise below the floor is no harm', () => {
  const damage = [{ fromMs: AT_MS, toMs: AT_MS + 2 * MINUTE }];
  const guarded = only(testRun(withArm({ ...GUARDED, damage, hasSnapshots: true }))).arms.guarded;
  expect(guarded?.harm).toMatchObject({ outages: [], failedJourneys: 0 });
});

test('attribution cites the journal, and claims that a guardrail held only from re-runs', () => {
  const plain = only(testRun(ARMS)).attribution;
  expect(plain).toEqual([
    expect.objectContaining({
      guardrail: 'deletion-protection',
      effect: 'prevented',
      necessary: null,
      sufficient: null,
    }),
  ]);
  expect(plain[0]?.evidence).toHaveLength(1);
  const base = { scenario: 'rebuild', guardrail: 'deletion-protection' };
  const reruns = [
    { ...base, kind: 'without' as const, verdict: 'escaped' as const },
    { ...base, kind: 'only' as const, verdict: 'contained' as const },
  ];
  expect(only(testRun(ARMS, { reruns })).attribution[0]).toMatchObject({ necessary: true, sufficient: true });
});

test('a guardrail’s own roll-back before any person’s repair is the stage', () => {
  const order = {
    verb: 'rollout.rollback',
    resource: 'cost-explorer/cn-north-1',
    params: {},
    because: 'burning',
  };
  const guarded = {
    ...UNGUARDED,
    arm: 'guarded' as const,
    events: [
      ...(UNGUARDED.events ?? []),
      [AT_MS + 6 * MINUTE, { type: 'containment', guardrail: 'burn-rate', order, result: 'done' }] as const,
    ],
  };
  expect(only(testRun(withArm(guarded))).stage).toBe('rolled-back');
});

test('a canary that a gate turned round took effect, and was rolled back by the guardrail', () => {
  const [requested, decided, started, finished] = testAction({
    atMs: AT_MS,
    verb: 'rollout.start',
    forbidden: [],
    charged: [{ phase: 'bake', durationMs: 10 * MINUTE }],
  });
  if (!requested || !decided || !started || finished?.[1].type !== 'effect-finished')
    throw new Error('no effect');
  const step = {
    type: 'rollout-step' as const,
    rolloutId: 'rollout-1',
    actionId: 'action-1',
    service: 'cost-explorer',
    region: 'cn-north-1',
    build: 'bad',
    wave: 0,
    trafficShare: 0,
    step: 'rolled-back' as const,
    reason: 'errors',
  };
  const stage = (by: string) => {
    const undone = [finished[0], { ...step, by }] as const;
    const failed = [finished[0], { ...finished[1], ok: false }] as const;
    return only(testRun(withArm({ arm: 'guarded', events: [requested, decided, started, undone, failed] })))
      .stage;
  };
  expect(stage('deletion-protection')).toBe('rolled-back');
  expect(stage('oncall-1')).toBe('undetected');
});

test('noticed and never repaired is told apart from never noticed', () => {
  const events = testAction({ atMs: AT_MS, charged: [{ phase: 'delete', durationMs: MINUTE }] });
  const damage = [{ fromMs: AT_MS, toMs: 8 * HOUR }];
  const silent = { arm: 'guarded' as const, damage, events };
  expect(only(testRun(withArm(silent))).stage).toBe('undetected');
  const noticed = [...events, testMoment(AT_MS + 9 * MINUTE, 'detected', 'oncall-1')];
  expect(only(testRun(withArm({ ...silent, events: noticed }))).stage).toBe('unrepaired');
});

test('claims are met by what the unguarded arm measured', () => {
  expect(only(testRun(ARMS)).fidelity).toEqual([
    expect.objectContaining({ documented: '2h', measured: '2h', tolerance: '10%', met: true, seeds: 1 }),
    expect.objectContaining({ documented: 'cost-explorer/cn-north-1', met: true, kind: 'predicted' }),
  ]);
});

test('over several seeds the worst verdict stands, and the spread is shown', () => {
  const second = [...ARMS.slice(0, 2), { ...UNGUARDED, arm: 'guarded' as const }, BENIGN];
  const card = testRun([...ARMS, ...second.map(arm => ({ ...arm, seed: 'two' }))]);
  const scenario = only(card);
  expect(card.seeds).toEqual(['one', 'two']);
  expect(scenario).toMatchObject({ verdict: 'escaped', seed: 'two' });
  expect(scenario.sensitivity).toMatchObject({ seeds: 2, contained: 1, escaped: 1, inconclusive: 0 });
});

test('nothing ran is no success', () => {
  const card = testRun([], { planned: ['rebuild'] });
  expect(card).toMatchObject({
    scenarios: [],
    neverRun: ['rebuild'],
    score: { value: null },
    exit: { name: 'inconclusive' },
  });
});

test('friction counts waiting, reviewers and false alarms of the quiet week', () => {
  const reviewed = testPerson({
    atMs: 3 * HOUR,
    sinceMs: 3 * HOUR - 10 * MINUTE,
    phase: 'reviewed',
    role: 'reviewer',
  });
  const alarm = { type: 'alarm', alarm: 'burn', subject: 'checkout/na', observed: 9, threshold: 3 } as const;
  const ordinary = {
    arm: 'ordinary' as const,
    scenario: 'quiet-week',
    plan: { scenario: null, changes: [{ metadata: { id: 'copy' } }, { metadata: { id: 'index' } }] },
    events: [
      reviewed,
      [4 * HOUR, { ...alarm, source: 'burn-rate', phase: 'fired' }] as const,
      [4 * HOUR, { ...alarm, source: 'ordinary', phase: 'fired' }] as const,
      testGoal(5 * HOUR, { changeId: 'copy', met: true, metAtMs: 5 * HOUR }),
    ],
  };
  expect(testRun([...ARMS, ordinary]).friction).toMatchObject({
    changes: 3,
    letThrough: 2,
    unknown: ['index'],
    waitedMsP50: 20 * MINUTE,
    falsePages: 1,
    falseRollbacks: 0,
    reviewerMinutesPer100: 1000 / 3,
  });
});

test('the suite’s hash ignores the profile and the order of journals, and heeds the seed', () => {
  const hash = testRun(ARMS).suiteHash;
  expect(testRun([...ARMS].reverse()).suiteHash).toBe(hash);
  const other = ARMS.map(arm => ({ ...arm, profile: 'none' }));
  expect(testRun(other, { profile: 'none' }).suiteHash).toBe(hash);
  expect(testRun(ARMS.map(arm => ({ ...arm, seed: 'two' }))).suiteHash).not.toBe(hash);
});

test('a gate on the score and an unverified clean-up show in the exit code', () => {
  expect(testRun(ARMS, { failUnder: 101 }).exit.name).toBe('weakness');
  expect(testRun(ARMS, { isClean: false }).exit).toMatchObject({ name: 'unclean' });
});

test('two journals of the same arm are refused', () => {
  expect(() => testRun([...ARMS, GUARDED])).toThrow(/are both the guarded arm of rebuild at seed one/);
});

test('a plan that lacks what scoring needs is a file problem, not a crash', () => {
  const text = testJournal({ arm: 'calm', plan: { world: { objective: 2 } } });
  expect(() => testRun([], { journals: [{ file: 'calm.jsonl', text }] })).toThrow(
    /could not score calm.jsonl/,
  );
});

test('a longer outage in the guarded arm never raises the score', () => {
  const scoreAfter = (minutes: number) => {
    const damage = minutes === 0 ? [] : [{ fromMs: AT_MS, toMs: AT_MS + minutes * MINUTE }];
    const value = testRun(withArm({ ...GUARDED, damage })).score.value;
    expect(value).not.toBeNull();
    return value ?? Number.NaN;
  };
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 40 }), (minutes, more) => {
      expect(scoreAfter(minutes + more)).toBeLessThanOrEqual(scoreAfter(minutes));
    }),
    { numRuns: 40 },
  );
});
