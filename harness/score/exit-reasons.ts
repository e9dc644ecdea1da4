/** Names of exit codes that a scorecard can ask for; codes and sentences are in `cli/exit-codes.ts`. */
export type ExitName =
  | 'held'
  | 'weakness'
  | 'inconclusive'
  | 'invalid'
  | 'environment'
  | 'unclean'
  | 'interrupted';

/** Why a run ends with a code other than that of full success. */
export interface ExitReason {
  readonly name: ExitName;
  readonly because: string;
}

export interface ExitFacts {
  readonly scenarios: readonly {
    readonly id: string;
    readonly verdict: 'contained' | 'escaped' | 'inconclusive';
    readonly reason: string;
    readonly benignOutcome: 'allowed' | 'late' | 'blocked' | 'unknown';
    /** An escape that is known and accepted for now is told, and is no weakness. */
    readonly escapeIsExpected?: boolean;
  }[];
  readonly neverRun: readonly string[];
  readonly score: number | null;
  readonly failUnder: number | null;
  /** Whether every clean-up was verified. */
  readonly isClean: boolean;
  readonly isInterrupted: boolean;
}

/** Everything that keeps the run from full success; empty when it held. Nothing ran is no success. */
export function exitReasons(facts: ExitFacts): ExitReason[] {
  const reasons = facts.scenarios.flatMap(scenarioReasons);
  const add = (applies: boolean, name: ExitName, because: string) => {
    if (applies) reasons.push({ name, because });
  };
  add(facts.scenarios.length === 0, 'inconclusive', 'no scenario was run');
  for (const id of facts.neverRun) add(true, 'inconclusive', `${id} was never run`);
  if (facts.failUnder !== null) {
    const { score, failUnder } = facts;
    add(score === null, 'inconclusive', `there is no score to compare with the gate of ${failUnder}`);
    add(
      score !== null && score < failUnder,
      'weakness',
      `the score ${score} is under the gate of ${failUnder}`,
    );
  }
  add(!facts.isClean, 'unclean', 'clean-up could not be verified');
  add(facts.isInterrupted, 'interrupted', 'the run was interrupted');
  return reasons;
}

function scenarioReasons({
  id,
  verdict,
  reason,
  benignOutcome,
  escapeIsExpected = false,
}: ExitFacts['scenarios'][number]): ExitReason[] {
  const reasons: ExitReason[] = [];
  if (verdict === 'escaped' && !escapeIsExpected)
    reasons.push({ name: 'weakness', because: `${id} escaped (${reason})` });
  if (verdict === 'inconclusive') {
    const name = reason === 'arm-interrupted' ? 'interrupted' : 'inconclusive';
    reasons.push({ name, because: `${id} is inconclusive (${reason})` });
  }
  if (benignOutcome === 'blocked' || benignOutcome === 'late')
    reasons.push({ name: 'weakness', because: `the same task done properly was ${benignOutcome} in ${id}` });
  if (benignOutcome === 'unknown')
    reasons.push({ name: 'inconclusive', because: `${id} has no outcome for the same task done properly` });
  return reasons;
}
