import type { FaultPlace, StressFault } from '../../guardrails/stress/stress-fault.ts';
import type { BenignResult } from '../../score/friction.ts';
import type { Hindrance } from '../../score/hindrance.ts';
import type { Stage } from '../../score/stage.ts';
import type { Verdict } from '../../score/verdict.ts';

export const STRESS_SCHEMA = 'brakecheck/stress/v1';

/** What `stress --json` prints and `stress.json` holds. Others build on these names: extend, never rename. */
export interface StressCard {
  readonly schema: typeof STRESS_SCHEMA;
  readonly runId: string;
  readonly profile: string;
  readonly stack: 'sim';
  readonly seed: string;
  /** False when it was interrupted: cells are then missing. */
  readonly isWhole: boolean;
  readonly faults: readonly { readonly fault: StressFault; readonly means: string }[];
  /** The guardrails that were made to fail, in the profile's order. */
  readonly guardrails: readonly StressedGuardrail[];
  readonly scenarios: readonly StressedScenario[];
  readonly exit: { readonly code: number; readonly name: string; readonly reason: string };
  /** What a verdict is worth. */
  readonly note: string;
}

export interface StressedGuardrail {
  readonly id: string;
  readonly use: string;
  /** What the profile says; a protocol that fixes the meaning of its failures goes before it. */
  readonly onFailure: 'open' | 'closed';
  /** Where each fault was put. */
  readonly places: Readonly<Partial<Record<StressFault, FaultPlace>>>;
  /** Faults under which it let through an action of which it had no right answer, in any scenario. */
  readonly failsOpenWhen: readonly StressFault[];
  /** Faults under which the same task done properly was blocked or late, in any scenario in which it is let through while all are well. */
  readonly stopsWorkWhen: readonly StressFault[];
  /** It failed in a run in which nothing was made to fail: what it said. Null: it did not. */
  readonly failsAnyway: string | null;
}

export interface StressedScenario {
  readonly id: string;
  readonly title: string;
  /** With every guardrail well. Only what is contained then can be lost, so that the rest has no cells. */
  readonly well: ArmVerdict;
  /** The same task done properly, with every guardrail well. Only what is let through then can be stopped. */
  readonly benign: BenignEnd;
  readonly layers: readonly StressedLayer[];
}

/** What one guardrail's failures do to one mistake. */
export interface StressedLayer {
  readonly guardrail: string;
  /** The same without it: whether the other layers hold. */
  readonly withoutIt: ArmVerdict;
  /** Contained with it and not without it. */
  readonly isSinglePoint: boolean;
  /** Faults under which the mistake escapes. */
  readonly escapesWhen: readonly StressFault[];
  /** Faults under which the same task done properly is blocked or late. */
  readonly stopsWorkWhen: readonly StressFault[];
  readonly cells: readonly StressCell[];
}

export interface StressCell extends ArmVerdict {
  readonly fault: StressFault;
  readonly place: FaultPlace;
  readonly outcome: StressOutcome;
  readonly answers: AnswerCounts;
  /** Other guardrails that refused, held or limited the mistake in this arm, whether or not that was enough. */
  readonly heldBy: readonly string[];
  /** The journal of an arm in which the mistake escaped; null where it did not. */
  readonly journal: string | null;
  /** The same task done properly under this fault; null where it is not let through while every guardrail is well. */
  readonly benign: StressedBenign | null;
}

export interface StressedBenign extends BenignEnd {
  /** The fault of the arm that was run: at our seat faults that count alike share one. */
  readonly ranWith: StressFault;
  /** The journal of an arm in which it was blocked or late; null where it was not. */
  readonly journal: string | null;
}

/** What became of the same task done properly. `unknown`: the arm did not tell, which is no pass. */
export interface BenignEnd {
  readonly outcome: BenignResult['outcome'];
  readonly waitedMs: number | null;
  readonly detail: string;
  /** The last thing that stood in its way; also where it was let through in the end. */
  readonly hindrance: Hindrance | null;
}

/**
 * `held-by-others`: contained, as it is without this guardrail. `held-by-failing-closed`: the others would not have been
 * enough, and its failures counted as refusals. `held-itself`: they would not have been enough, and it answered enough in
 * spite of the fault. `not-asked`: contained, and the fault had no question to meet.
 */
export type StressOutcome =
  | 'held-by-others'
  | 'held-by-failing-closed'
  | 'held-itself'
  | 'not-asked'
  | 'escaped'
  | 'inconclusive';

export interface ArmVerdict {
  readonly verdict: Verdict;
  readonly stage: Stage | null;
  /** A code, and the same in words. */
  readonly reason: string;
  readonly detail: string;
}

/** The answers of the guardrail that was made to fail, on actions and roll-outs. */
export interface AnswerCounts {
  readonly asked: number;
  /** Errors, and answers that rule nothing. */
  readonly failed: number;
  /** Questions let through though there was no right answer to them. */
  readonly letThrough: number;
  /** Failures that counted as a refusal. */
  readonly refused: number;
  /** Why the first of the failures failed; null when none did. */
  readonly said: string | null;
}
