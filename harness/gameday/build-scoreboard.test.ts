import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Halt } from './brakes.ts';
import { CARDS, testScoreboard, testScoredRun, testSpec } from './testing/test-day.ts';

const halt = (by: Halt['by'], exit: Halt['exit']): Halt => ({ by, because: 'a test', exit });
const EXPECTED = { scenario: 'rebuild', expect: 'escaped', reason: 'Known', until: '2026-03-10' };

test.each([
  ['contained', 0, 'held'],
  ['escaped', 1, 'weakness'],
  ['inconclusive', 2, 'inconclusive'],
  ['unknownTwin', 2, 'inconclusive'],
  ['neverRun', 2, 'inconclusive'],
] as const)('a game day in which the scenario is %s ends with %i', (card, code, name) => {
  expect(testScoreboard({ runs: [testScoredRun(CARDS[card])] }).exit).toMatchObject({ code, name });
});

test('whatever the verdicts are together, the worst of them is the exit, and only all contained is 0', () => {
  const codes = { contained: 0, escaped: 1, inconclusive: 2, unknownTwin: 2, neverRun: 2 } as const;
  const kind = fc.constantFrom(...(Object.keys(codes) as (keyof typeof codes)[]));
  fc.assert(
    fc.property(fc.array(kind, { minLength: 1, maxLength: 4 }), kinds => {
      const runs = kinds.map((each, index) =>
        testScoredRun(CARDS[each], { run: `p${index}`, use: `p${index}` }),
      );
      const found = kinds.map(each => codes[each]);
      const wanted = found.some(code => code === 1) ? 1 : found.some(code => code === 2) ? 2 : 0;
      expect(testScoreboard({ runs }).exit.code).toBe(wanted);
    }),
    { numRuns: 60 },
  );
});

test('a baseline counts neither for the verdicts nor for the exit, but must be left clean', () => {
  const baseline = testScoredRun(CARDS.escaped, { run: 'old', use: 'old', baseline: true });
  const tested = testScoredRun(CARDS.contained);
  const board = testScoreboard({ runs: [baseline, tested] });
  expect(board.exit.code).toBe(0);
  expect(board.verdicts).toEqual({ contained: 1, escaped: 0, expected: 0, inconclusive: 0, neverRun: 0 });
  expect(board.profiles).toHaveLength(2);
  const unclean = testScoreboard({ runs: [{ ...baseline, isClean: false }, tested] });
  expect(unclean.exit).toMatchObject({ code: 5, name: 'unclean' });
});

test('nothing ran: no exit of success, no score, not nought and not a hundred', () => {
  const board = testScoreboard({ runs: [testScoredRun(CARDS.neverRun)] });
  expect(board.exit).toMatchObject({ code: 2 });
  expect(board.score).toEqual({ value: null, profile: null });
  const gated = testScoreboard({
    spec: testSpec({ gate: { scoreAtLeast: 0 } }),
    runs: [testScoredRun(CARDS.neverRun)],
  });
  expect(gated.gate).toMatchObject([{ state: 'not-measured' }]);
});

test.each([
  { card: 'escaped', day: '2026-03-10', state: 'met', code: 0 },
  { card: 'escaped', day: '2026-03-11', state: 'expired', code: 1 },
  { card: 'contained', day: '2026-03-10', state: 'fixed', code: 1 },
  { card: 'contained', day: '2026-03-11', state: 'fixed', code: 1 },
  { card: 'inconclusive', day: '2026-03-10', state: 'not-judged', code: 2 },
  { card: 'inconclusive', day: '2026-03-11', state: 'expired', code: 1 },
  { card: 'neverRun', day: '2026-03-10', state: 'not-judged', code: 2 },
] as const)(
  'an escape expected until 10 March is $state when it is $card on $day: exit $code',
  ({ card, day, state, code }) => {
    const board = testScoreboard({
      spec: testSpec({ expectations: [EXPECTED] }),
      day,
      runs: [testScoredRun(CARDS[card])],
    });
    expect(board.expectations).toMatchObject([{ scenario: 'rebuild', profile: 'layers', state }]);
    expect(board.exit.code).toBe(code);
    expect(board.verdicts.expected).toBe(state === 'met' ? 1 : 0);
  },
);

test('an expected escape is chosen by tag or glob, for one profile only where the line says so, and still counts 0 in the score', () => {
  for (const scenario of ['tag:deletion', 're*', 'rebuild']) {
    const spec = testSpec({ expectations: [{ ...EXPECTED, scenario }] });
    expect(testScoreboard({ spec, runs: [testScoredRun(CARDS.escaped)] })).toMatchObject({
      exit: { code: 0 },
      score: { value: 0 },
    });
  }
  const other = testSpec({ expectations: [{ ...EXPECTED, profile: 'other' }] });
  expect(testScoreboard({ spec: other, runs: [testScoredRun(CARDS.escaped)] }).exit.code).toBe(1);
});

test.each([
  [halt('stop-file', 'interrupted'), 130],
  [halt('disk', 'environment'), 4],
  [halt('arms-failed', 'environment'), 4],
  [halt('wall-time', 'inconclusive'), 2],
])('halted by %o it ends with %i although all that ran was contained', (reason, code) => {
  const board = testScoreboard({ halt: reason });
  expect(board.exit.code).toBe(code);
  expect(board.halted).toEqual({ by: reason.by, because: 'a test' });
});

test('an arm that ended with an error is machine trouble, whatever the verdicts are', () => {
  const board = testScoreboard({ arms: { planned: 4, ended: 3, failed: 1 } });
  expect(board.exit).toMatchObject({ code: 4, reasons: [{ because: '1 of 4 arms ended with an error' }] });
});

test.each([
  [{ scoreAtLeast: 100 }, 'met', 0],
  [{ containmentAtLeast: '100%' }, 'met', 0],
  [{ friction: { letThroughAtLeast: '100%' } }, 'met', 0],
  [{ friction: { waitedP95AtMost: '12h' } }, 'met', 0],
  [{ friction: { waitedP95AtMost: '1ms' } }, 'missed', 1],
  [{ friction: { falsePagesAtMost: 100 } }, 'not-measured', 2],
  [{ perScenario: [{ scenario: 'tag:deletion', stage: ['prevented'] }] }, 'met', 0],
  [{ perScenario: [{ scenario: 'rebuild', stage: ['undetected'] }] }, 'missed', 1],
  [{ perScenario: [{ scenario: 're*', budgetShareAtMost: '0%', containmentAtLeast: '99%' }] }, 'met', 0],
])('the gate %j of a contained scenario is %s', (gate, state, code) => {
  const board = testScoreboard({ spec: testSpec({ gate }) });
  expect(new Set(board.gate.map(line => line.state))).toEqual(new Set([state]));
  expect(board.exit.code).toBe(code);
});

test('a gate that an escape misses is a weakness of its own, also where the escape is expected', () => {
  const spec = testSpec({ gate: { scoreAtLeast: 50 }, expectations: [EXPECTED] });
  const board = testScoreboard({ spec, runs: [testScoredRun(CARDS.escaped)] });
  expect(board.gate).toMatchObject([{ line: 'scoreAtLeast', wanted: 50, found: 0, state: 'missed' }]);
  expect(board.exit).toMatchObject({
    code: 1,
    reasons: [{ because: expect.stringContaining('scoreAtLeast') }],
  });
});

test('the score is the lowest of the profiles under test', () => {
  const runs = [
    testScoredRun(CARDS.contained),
    testScoredRun({ ...CARDS.escaped, profile: 'weak' }, { run: 'weak', use: 'weak' }),
  ];
  expect(testScoreboard({ runs }).score).toEqual({ value: 0, profile: 'weak' });
});

test('weights change the score and the suite hash, and nothing else', () => {
  const card = CARDS.contained;
  const [one] = card.scenarios;
  if (one === undefined) throw new Error('the test scorecard has a scenario');
  const two = { ...card, scenarios: [one, { ...one, id: 'other', verdict: 'escaped' as const }] };
  const board = (weights: Record<string, number>) =>
    testScoreboard({ spec: testSpec({ weights }), runs: [testScoredRun(two)] });
  const [even, heavy] = [board({}), board({ rebuild: 9 })];
  expect(even.profiles[0]?.score.containment).toBeCloseTo(0.5);
  expect(heavy.profiles[0]?.score.containment).toBeCloseTo(0.9);
  expect(heavy.suiteHash).not.toBe(even.suiteHash);
  expect(heavy.verdicts).toEqual(even.verdicts);
});
