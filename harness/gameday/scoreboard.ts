import type { ExitReason } from '../score/exit-reasons.ts';
import type { Score } from '../score/formula.ts';
import type { Friction } from '../score/friction.ts';
import type { ScenarioScore } from '../score/scorecard.ts';
import type { ExpectationResult } from './expectations.ts';
import type { GateResult } from './gate.ts';

export const GAME_DAY_SCHEMA = 'brakecheck/gameday/v1';

/** `gameday.json`: what came of a game day. Others build on these names: extend, never rename. See README.md. */
export interface Scoreboard {
  readonly schema: typeof GAME_DAY_SCHEMA;
  readonly gameDay: string;
  readonly title: string;
  readonly runId: string;
  /** The day (UTC) on which it began: known gaps are judged by it. */
  readonly day: string;
  readonly stack: string;
  readonly seeds: readonly string[];
  /** Of what was asked of the profiles under test, weights included: scores compare only where it is equal. */
  readonly suiteHash: string;
  readonly profiles: readonly ProfileResult[];
  /** Verdicts over all profiles under test. */
  readonly verdicts: VerdictCounts;
  /** The lowest score of a profile under test; null when one of them has none. */
  readonly score: { readonly value: number | null; readonly profile: string | null };
  readonly gate: readonly GateResult[];
  readonly expectations: readonly ExpectationResult[];
  readonly arms: { readonly planned: number; readonly ended: number; readonly failed: number };
  /** Null when it went through to its end. */
  readonly halted: { readonly by: string; readonly because: string } | null;
  readonly exit: { readonly code: number; readonly name: string; readonly reasons: readonly ExitReason[] };
  readonly note: string;
}

export interface VerdictCounts {
  readonly contained: number;
  readonly escaped: number;
  /** Of the escaped, those that are known and accepted. */
  readonly expected: number;
  readonly inconclusive: number;
  readonly neverRun: number;
}

export interface ProfileResult {
  /** Folder of its run, inside the game day's; its scorecard is there. */
  readonly run: string;
  readonly profile: string;
  readonly profileDigest: string;
  /** For comparison only. */
  readonly baseline: boolean;
  readonly suiteHash: string;
  readonly verdicts: VerdictCounts;
  /** With the game day's weights. */
  readonly score: Score;
  readonly friction: Friction;
  readonly scenarios: readonly ScenarioResult[];
  readonly neverRun: readonly string[];
}

/** One scenario under one profile; the whole of it is in the run's scorecard. */
export interface ScenarioResult
  extends Pick<
    ScenarioScore,
    | 'id'
    | 'title'
    | 'verdict'
    | 'reason'
    | 'stage'
    | 'containmentRatio'
    | 'budgetShare'
    | 'overBlocked'
    | 'seed'
  > {
  readonly scenarioDigest: string;
  readonly worldDigest: string;
  readonly weight: number;
  readonly severity: { readonly unguarded: number | null; readonly guarded: number | null };
  /** Seeds of each verdict. */
  readonly seeds: { readonly contained: number; readonly escaped: number; readonly inconclusive: number };
  readonly benign: 'allowed' | 'late' | 'blocked' | 'unknown';
  /** Null: nothing is expected of it. */
  readonly expectation: ExpectationResult['state'] | null;
}
