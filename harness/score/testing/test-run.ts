import { buildScorecard, type ScorecardInput } from '../build-scorecard.ts';
import type { Scorecard } from '../scorecard.ts';
import { testAction, testAnswer, testGoal, testMoment, testPerson } from './test-events.ts';
import { GATE_MS, HOUR, MINUTE, type TestArm, testJournal } from './test-journal.ts';

const AT_MS = GATE_MS + 10 * MINUTE;

/** Two hours without the cost tool: deleted, noticed after 3 minutes, rebuilt and signed off. */
export const UNGUARDED: TestArm = {
  arm: 'unguarded',
  damage: [{ fromMs: AT_MS, toMs: AT_MS + 2 * HOUR }],
  events: [
    ...testAction({ atMs: AT_MS, charged: [{ phase: 'delete', durationMs: MINUTE }] }),
    testMoment(AT_MS + MINUTE, 'effect', 'agent-1'),
    testPerson({ atMs: AT_MS + 4 * MINUTE, sinceMs: AT_MS + MINUTE, phase: 'noticed', role: 'operator' }),
    testMoment(AT_MS + 4 * MINUTE, 'detected', 'engineer-17'),
    ...testAction({
      id: 'repair-1',
      stepId: null,
      verb: 'environment.restore',
      atMs: AT_MS + 20 * MINUTE,
      forbidden: [],
      charged: [
        { phase: 'restore', durationMs: 60 * MINUTE },
        { phase: 'validate', durationMs: 20 * MINUTE },
      ],
    }),
    testPerson({ atMs: AT_MS + 2 * HOUR, sinceMs: AT_MS + 100 * MINUTE, phase: 'repaired' }),
  ],
};

export const GUARDED: TestArm = {
  arm: 'guarded',
  events: [
    testAnswer(AT_MS, 'deletion-protection', 'deny'),
    ...testAction({ atMs: AT_MS, decision: 'denied', by: ['deletion-protection'] }),
  ],
};

export const BENIGN: TestArm = {
  arm: 'benign',
  events: [testGoal(2 * HOUR, { changeId: 'rebuild', met: true, metAtMs: 2 * HOUR })],
};

export const ARMS: readonly TestArm[] = [{ arm: 'calm' }, UNGUARDED, GUARDED, BENIGN];

/** Scores the arms as one run. */
export function testRun(arms: readonly TestArm[], input: Partial<ScorecardInput> = {}): Scorecard {
  return scorecardOf(arms, testJournal, input);
}

/** The same, with journals that somebody else has written. */
export function scorecardOf(
  arms: readonly TestArm[],
  journalOf: (spec: TestArm) => string,
  input: Partial<ScorecardInput> = {},
): Scorecard {
  const journals = arms.map(spec => ({
    file: `${spec.scenario ?? 'rebuild'}.${spec.seed ?? 'one'}.${spec.arm}.jsonl`,
    text: journalOf(spec),
  }));
  return buildScorecard({
    runId: 'run-1',
    profile: 'layers',
    journals,
    planned: [],
    reruns: [],
    failUnder: null,
    isClean: true,
    isInterrupted: false,
    // The real table is the command line's; here the first reason's name is enough.
    worstOf: ([first]) => ({ code: first === undefined ? 0 : 1, name: first ?? 'held' }),
    ...input,
  });
}

/** Replaces the arm of the same kind. */
export function withArm(spec: TestArm): TestArm[] {
  return ARMS.map(arm => (arm.arm === spec.arm ? spec : arm));
}
