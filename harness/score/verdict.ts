import type { ArmRecord } from './arm-record.ts';
import { type BudgetUse, budgetUse, overdrawn } from './budget.ts';
import { evidenceGap, gateGap } from './evidence.ts';
import { type Harm, harmOf } from './harm.ts';
import { amountWords, HARM_WORDS } from './harm-words.ts';
import { mistakeActions } from './mistake.ts';
import type { SeedArms } from './seed-arms.ts';

export type Verdict = 'contained' | 'escaped' | 'inconclusive';

/** What one seed shows. Harm and budget use are null where the arms do not allow to measure them. */
export interface SeedVerdict {
  readonly verdict: Verdict;
  /** A code: see `score/README.md`. */
  readonly reason: string;
  readonly detail: string;
  readonly unguarded: Measured | null;
  readonly guarded: Measured | null;
}

export interface Measured {
  readonly harm: Harm;
  readonly budget: readonly BudgetUse[];
}

/** Judges one seed: is the evidence whole, did the mistake do damage without guardrails, and did it with them. */
export function judge(seed: SeedArms): SeedVerdict {
  const { calm, unguarded, guarded } = seed.arms;
  const measured = {
    unguarded: measure(unguarded, calm),
    guarded: measure(guarded, calm),
  };
  const gap = evidenceGap(seed);
  if (gap !== null) return { verdict: 'inconclusive', ...gap, ...measured };
  return { ...judgeWhole({ guarded, unguarded, measured }), ...measured };
}

function judgeWhole({
  guarded,
  unguarded,
  measured,
}: {
  guarded: ArmRecord | undefined;
  unguarded: ArmRecord | undefined;
  measured: { unguarded: Measured | null; guarded: Measured | null };
}): Pick<SeedVerdict, 'verdict' | 'reason' | 'detail'> {
  if (unguarded === undefined || !mistakeActions(unguarded).some(({ landed }) => landed)) {
    const detail = 'without guardrails no step of the mistake changed production';
    return { verdict: 'inconclusive', reason: 'mistake-never-landed', detail };
  }
  if (measured.unguarded === null || overdrawn(measured.unguarded.budget).length === 0) {
    const detail = 'without guardrails the mistake stayed within the budget, so the scenario proves nothing';
    return { verdict: 'inconclusive', reason: 'no-damage-unguarded', detail };
  }
  if (guarded === undefined || gateGap(guarded) !== null) {
    const detail = 'the profile broke the steady state before any mistake was made';
    return { verdict: 'escaped', reason: 'guardrail-broke-steady-state', detail };
  }
  const worst = overdrawn(measured.guarded?.budget ?? [])[0];
  if (worst === undefined)
    return {
      verdict: 'contained',
      reason: 'within-budget',
      detail: 'the guarded arm stayed within the budget',
    };
  const { harm, used, atMost } = worst;
  const detail = `with guardrails, ${HARM_WORDS[harm]} came to ${amountWords(harm, used)}, and the budget allows ${amountWords(harm, atMost)}`;
  return { verdict: 'escaped', reason: `over-budget:${harm}`, detail };
}

function measure(arm: ArmRecord | undefined, calm: ArmRecord | undefined): Measured | null {
  if (arm === undefined || calm === undefined) return null;
  const harm = harmOf(arm, calm);
  return { harm, budget: budgetUse(harm, arm.plan.scenario?.hypothesis.budget ?? []) };
}
