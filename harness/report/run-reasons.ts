import { type ExitReason, exitReasons } from '../score/exit-reasons.ts';
import type { Scorecard } from '../score/scorecard.ts';

/**
 * Of the reasons for the exit code, those that no scenario accounts for: a gate that was missed, clean-up that could not
 * be verified, an interruption. Reports that list scenarios must not end green while one of these stands.
 */
export function runReasons({ scenarios, neverRun, exit }: Scorecard): ExitReason[] {
  const ofScenarios = exitReasons({
    scenarios: scenarios.map(({ id, verdict, reason, arms }) => ({
      ...{ id, verdict, reason },
      benignOutcome: arms.benign?.outcome ?? 'unknown',
    })),
    neverRun,
    score: null,
    failUnder: null,
    isClean: true,
    isInterrupted: false,
  });
  const told = new Set(ofScenarios.map(keyOf));
  return exit.reasons.filter(reason => !told.has(keyOf(reason)));
}

function keyOf({ name, because }: ExitReason): string {
  return `${name} ${because}`;
}
