import type { Attribution } from './attribution.ts';
import type { ArmBasis } from './basis.ts';
import type { BrowserLook } from './browser-looks.ts';
import type { BudgetUse } from './budget.ts';
import type { HarmClass } from './containment.ts';
import type { Doer } from './doer.ts';
import type { ExitReason } from './exit-reasons.ts';
import type { ClaimResult } from './fidelity.ts';
import type { Score } from './formula.ts';
import type { BenignResult, Friction } from './friction.ts';
import type { HarmReport } from './harm-report.ts';
import type { Hindrance } from './hindrance.ts';
import type { DerivedTimes, MomentAt } from './moments.ts';
import type { RouteResult } from './routes.ts';
import type { Severity } from './scoring-plan.ts';
import type { Sensitivity } from './sensitivity.ts';
import type { Stage } from './stage.ts';
import type { StepResult } from './story.ts';
import type { Undoing } from './undoing.ts';
import type { Verdict } from './verdict.ts';

export const SCORECARD_SCHEMA = 'brakecheck/scorecard/v1';

/** The document behind `--json`, `scorecard.json` and every report. Others build on these names: extend, never rename. */
export interface Scorecard {
  readonly schema: typeof SCORECARD_SCHEMA;
  readonly runId: string;
  readonly stack: string;
  /** The first seed; all of them are in `seeds`. */
  readonly seed: string;
  readonly seeds: readonly string[];
  readonly profile: string;
  /** Scores compare only where this is equal. */
  readonly suiteHash: string;
  readonly scenarios: readonly ScenarioScore[];
  /** Scenarios that were planned and left no journal. */
  readonly neverRun: readonly string[];
  readonly friction: Friction;
  readonly score: Score;
  readonly exit: { readonly code: number; readonly name: string; readonly reasons: readonly ExitReason[] };
  /** What a verdict is worth, and how many routes it rests on. */
  readonly note: string;
}

export interface ScenarioScore {
  readonly id: string;
  readonly title: string;
  readonly verdict: Verdict;
  /** A code; `detail` says it in words. */
  readonly reason: string;
  readonly detail: string;
  /** Null when the arms could not be judged. */
  readonly stage: Stage | null;
  readonly containmentRatio: number | null;
  readonly byClass: Readonly<Record<HarmClass, number | null>>;
  readonly guardrailCaused: readonly HarmClass[];
  /** The same task done properly was blocked or late. */
  readonly overBlocked: boolean;
  /** The seed that the figures below are of: the first of the worst verdict. */
  readonly seed: string;
  readonly sensitivity: Sensitivity | null;
  /** Null when no step was tried in any arm. */
  readonly mistakeBy: Doer | null;
  readonly arms: {
    readonly calm: ArmFile | null;
    readonly unguarded: ArmScore | null;
    readonly guarded: ArmScore | null;
    readonly benign: BenignScore | null;
  };
  readonly budget: readonly BudgetUse[];
  /** Of the guarded arm: the fullest line, 0–1 and above; null over a line of zero, or where nothing was measured. */
  readonly budgetShare: number | null;
  readonly routes: readonly RouteResult[];
  readonly fidelity: readonly ClaimResult[];
  readonly record: {
    readonly incident: string;
    readonly disputed: readonly string[];
    readonly simulated: readonly string[];
    readonly sources: readonly string[];
  } | null;
  readonly attribution: readonly Attribution[];
}

export interface ArmFile {
  readonly status: 'completed' | 'aborted' | 'interrupted' | 'failed' | 'cut';
  readonly journal: string;
  readonly digest: string;
  /** What shoppers with a browser saw; only where a live stack was asked for them. */
  readonly browser?: readonly BrowserLook[];
}

export interface ArmScore extends ArmFile, DerivedTimes {
  readonly severity: Severity | null;
  /** Null when there is no calm arm to compare with. */
  readonly harm: HarmReport | null;
  /** Keys are the moments' names with `Ms`, and `detected` with who noticed. World time; null: never came. */
  readonly moments: {
    readonly actionMs: number | null;
    readonly effectMs: number | null;
    readonly impactMs: number | null;
    readonly detected: MomentAt | null;
    readonly spreadStopped: MomentAt | null;
    readonly steadyAgainMs: number | null;
  };
  /** What became of each step of the mistake. */
  readonly steps: readonly StepResult[];
  /** What turned the mistake round; null: nothing did, or there was nothing to turn round. */
  readonly undoing: Undoing | null;
  /** What the arm's figures rest on; on live stacks only. */
  readonly basis?: ArmBasis;
}

export interface BenignScore extends ArmFile {
  readonly outcome: BenignResult['outcome'];
  readonly waitedMs: number | null;
  readonly reviewerMs: number;
  readonly detail: string;
  /** The last thing that stood in its way; also where it was let through in the end. */
  readonly hindrance: Hindrance | null;
}
