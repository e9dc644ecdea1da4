import type { RouteResult } from '../score/routes.ts';
import type { Verdict } from '../score/verdict.ts';
import type { ProfileChange } from './profile-change.ts';
import type { SeedCheck } from './seed-check.ts';
import type { TrialCost } from './trial.ts';

export const ADVICE_SCHEMA = 'brakecheck/advice/v1';

/** `advice.json` beside a scorecard. What the fields mean is in `harness/advice/README.md`. */
export interface AdviceDocument {
  readonly schema: typeof ADVICE_SCHEMA;
  readonly runId: string;
  readonly profile: string;
  /** Re-runs happen in the simulation, whatever stack the run used. */
  readonly stack: 'sim';
  /** Most sets of changes that are tried for a scenario. */
  readonly most: number;
  /** False while it is being made, and when it was stopped before its end. */
  readonly isWhole: boolean;
  readonly scenarios: readonly AdvisedScenario[];
  /** One set for all escapes; null where there are fewer than two, or none was found. */
  readonly together: AdvisedTogether | null;
}

export interface AdvisedScenario {
  readonly id: string;
  /** The seed at which changes were looked for: the first of the worst verdict. */
  readonly seed: string;
  /** Of the run. */
  readonly verdict: Verdict;
  /** Why changes were not looked for, or what the simulation says otherwise; null when there is nothing to say. */
  readonly note: string | null;
  /** Sets of changes that were tried. */
  readonly tried: number;
  readonly reachedBound: boolean;
  readonly isWhole: boolean;
  /** What harmless work cost under the profile as it was; null when the run does not tell. */
  readonly costBefore: TrialCost | null;
  /** Those that hold at every seed first, then the cheapest; those that over-block last. */
  readonly changes: readonly AdvisedSet[];
}

/** A set of changes of the profile that was re-run to its end. */
export interface AdvisedSet {
  /** All changes in a line. */
  readonly summary: string;
  /** The guardrails that change, with commas. */
  readonly guardrail: string;
  /** `contained` where it was so at every seed at which it was tried. */
  readonly verdict: Verdict;
  /** What it costs on harmless work, in a line. */
  readonly friction: string;
  readonly cost: TrialCost;
  readonly overBlocks: boolean;
  /** Whether each change was left out once, and the mistake then escaped. */
  readonly isMinimal: boolean;
  /** At which seeds of the run it was tried. */
  readonly seeds: SeedCheck;
  readonly parts: readonly ProfileChange[];
  /** What changes in the profile's file. */
  readonly diff: string;
  /** Routes to the mistake's effect with the change: taken, and not tried by the scenario. */
  readonly routes: { readonly open: readonly Route[]; readonly notTried: readonly Route[] };
  /** A whole profile with the change, in the run's folder; null where its paths would not hold there. */
  readonly file: string | null;
  /** Tests the changed profile. */
  readonly command: string;
}

export type Route = Pick<RouteResult, 'door' | 'verb'>;

export interface AdvisedTogether extends Omit<AdvisedSet, 'cost' | 'routes'> {
  readonly scenarios: readonly {
    readonly id: string;
    readonly verdict: Verdict;
    readonly cost: TrialCost;
  }[];
}
