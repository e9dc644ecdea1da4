import type { GameDay } from '../scenario/game-day-schema.ts';
import { type Selectable, selects } from '../scenario/selector.ts';
import type { Verdict } from '../score/verdict.ts';

export interface ExpectationResult {
  readonly scenario: string;
  readonly profile: string;
  readonly expect: 'escaped';
  readonly reason: string;
  readonly until: string;
  /**
   * `met`: it escaped, as is known; no weakness. `fixed`: it is contained, so the line must go. `expired`: its last day
   * has passed. `not-judged`: there is no verdict.
   */
  readonly state: 'met' | 'fixed' | 'expired' | 'not-judged';
}

/** What came of one scenario under one profile; null: it never ran. */
export interface JudgedPair {
  readonly scenario: string;
  /** What selectors choose it by. */
  readonly selectable: Selectable;
  /** Its id. */
  readonly profile: string;
  /** What the file calls the profile: its id, or a path. */
  readonly use: string;
  readonly verdict: Verdict | null;
}

/**
 * Compares known gaps with what was found. `today` is a day of UTC, `2026-09-30`; a gap is accepted through its last
 * day. A gap that no longer is one is as red as one that is no longer accepted: else the file would rot.
 */
export function judgeExpectations(
  expectations: GameDay['expectations'],
  pairs: readonly JudgedPair[],
  today: string,
): ExpectationResult[] {
  return expectations.flatMap(({ scenario: selector, profile: only, expect, reason, until }) =>
    pairs
      .filter(({ selectable, use }) => selects(selector, selectable) && (only === undefined || only === use))
      .map(({ scenario, profile, verdict }) => ({
        ...{ scenario, profile, expect, reason, until },
        state: stateOf(verdict, today > until),
      })),
  );
}

/** Whether an escape is known and accepted today. */
export function isExpected(
  results: readonly ExpectationResult[],
  pair: Pick<JudgedPair, 'scenario' | 'profile'>,
): boolean {
  return results.some(
    ({ scenario, profile, state }) =>
      state === 'met' && scenario === pair.scenario && profile === pair.profile,
  );
}

function stateOf(verdict: Verdict | null, isPast: boolean): ExpectationResult['state'] {
  if (verdict === 'contained') return 'fixed';
  if (isPast) return 'expired';
  return verdict === 'escaped' ? 'met' : 'not-judged';
}
