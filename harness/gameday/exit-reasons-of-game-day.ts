import { type ExitReason, exitReasons } from '../score/exit-reasons.ts';
import type { Halt } from './brakes.ts';
import type { ScoredRun } from './build-scoreboard.ts';
import { type ExpectationResult, isExpected } from './expectations.ts';
import type { GateResult } from './gate.ts';
import type { Scoreboard } from './scoreboard.ts';

export interface GameDayExitFacts {
  /** Runs of the profiles under test: their verdicts count. */
  readonly tested: readonly ScoredRun[];
  /** All runs: whatever was measured, a machine must be left clean. */
  readonly runs: readonly ScoredRun[];
  readonly expectations: readonly ExpectationResult[];
  readonly gate: readonly GateResult[];
  readonly arms: Scoreboard['arms'];
  readonly halt: Halt | null;
}

/** Everything that keeps a game day from full success; empty when it held. Nothing ran is no success. */
export function gameDayExitReasons(facts: GameDayExitFacts): ExitReason[] {
  const { halt, arms } = facts;
  return [
    ...facts.tested.flatMap(run => runReasons(run, facts)),
    ...facts.expectations.flatMap(expectationReasons),
    ...facts.gate.flatMap(gateReasons),
    ...reason(
      facts.runs.some(({ isClean }) => !isClean),
      'unclean',
      'clean-up could not be verified',
    ),
    ...reason(arms.failed > 0, 'environment', `${arms.failed} of ${arms.planned} arms ended with an error`),
    ...(halt === null ? [] : [{ name: halt.exit, because: `halted: ${halt.because}` }]),
  ];
}

function runReasons({ card }: ScoredRun, { expectations, tested, halt }: GameDayExitFacts): ExitReason[] {
  const reasons = exitReasons({
    scenarios: card.scenarios.map(({ id, verdict, reason: code, arms }) => ({
      ...{ id, verdict, reason: code },
      benignOutcome: arms.benign?.outcome ?? 'unknown',
      escapeIsExpected: isExpected(expectations, { scenario: id, profile: card.profile }),
    })),
    neverRun: card.neverRun,
    score: null,
    failUnder: null,
    isClean: true,
    isInterrupted: false,
  });
  return reasons.map(({ name, because }) => ({
    // An arm is interrupted by whatever halted the game day, which need not have been a person.
    name: name === 'interrupted' ? (halt?.exit ?? 'inconclusive') : name,
    because: tested.length === 1 ? because : `${card.profile}: ${because}`,
  }));
}

function expectationReasons({ state, scenario, profile, until }: ExpectationResult): ExitReason[] {
  const gap = `the known gap of ${scenario} under ${profile}`;
  return [
    ...reason(state === 'fixed', 'weakness', `${gap} is fixed: remove its expectation`),
    ...reason(state === 'expired', 'weakness', `${gap} was accepted until ${until}, and is no longer`),
  ];
}

function gateReasons({ profile, scenario, line, state }: GateResult): ExitReason[] {
  const gate = `the gate ${line}${scenario === null ? '' : ` of ${scenario}`} under ${profile}`;
  return [
    ...reason(state === 'missed', 'weakness', `${gate} was missed`),
    ...reason(state === 'not-measured', 'inconclusive', `${gate} could not be judged: nothing was measured`),
  ];
}

function reason(applies: boolean, name: ExitReason['name'], because: string): ExitReason[] {
  return applies ? [{ name, because }] : [];
}
