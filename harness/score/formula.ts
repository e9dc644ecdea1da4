import type { Severity } from './scoring-plan.ts';
import type { Verdict } from './verdict.ts';

/** What the formula needs of one scenario. */
export interface ScoredScenario {
  readonly verdict: Verdict;
  /** 0–1; null counts as nothing contained. */
  readonly containmentRatio: number | null;
  /** Severity without guardrails: how much the scenario weighs. Null weighs as Sev-4. */
  readonly unguardedSeverity: Severity | null;
  /** Severity with guardrails: an escape that is still Sev-1 caps the score. */
  readonly guardedSeverity: Severity | null;
  /** What a game day multiplies its weight by; 1 when left out. */
  readonly factor?: number;
}

export interface ScoreInput {
  readonly scenarios: readonly ScoredScenario[];
  /** Harmless changes whose outcome is known, and how many of them were let through. */
  readonly changes: { readonly known: number; readonly letThrough: number };
}

export interface Score {
  /** 0–100, one decimal; null when no scenario was conclusive or no harmless change was tried. */
  readonly value: number | null;
  /** R: mean containment, weighted by severity; an escape counts 0. */
  readonly containment: number | null;
  /** P: share of harmless changes let through. */
  readonly letThrough: number | null;
  /** k: escapes whose guarded arm is still Sev-1. */
  readonly escapedSev1: number;
  /** Scenarios that were conclusive, and those that were not. */
  readonly covered: number;
  readonly inconclusive: number;
}

const SEVERITY_WEIGHT: Readonly<Record<Severity, number>> = { 1: 8, 2: 4, 3: 2, 4: 1 };
const SEV1_CAP = 59;

/**
 * The score of a game day: 100 · 5PR ÷ (4P + R), the F-measure with β = 2, which takes containment R for twice as
 * important as letting harmless work through, P (van Rijsbergen, Information Retrieval, 1979, chapter 7). With k escapes
 * that are still Sev-1 it is at most 59 ÷ k. Scenarios that were not conclusive are counted and never averaged in.
 */
export function scoreOf({ scenarios, changes }: ScoreInput): Score {
  const conclusive = scenarios.filter(({ verdict }) => verdict !== 'inconclusive');
  const escapedSev1 = conclusive.filter(
    ({ verdict, guardedSeverity }) => verdict === 'escaped' && guardedSeverity === 1,
  ).length;
  const containment = weightedContainment(conclusive);
  const letThrough = changes.known === 0 ? null : changes.letThrough / changes.known;
  return {
    value: containment === null || letThrough === null ? null : value(letThrough, containment, escapedSev1),
    containment,
    letThrough,
    escapedSev1,
    covered: conclusive.length,
    inconclusive: scenarios.length - conclusive.length,
  };
}

function value(letThrough: number, containment: number, escapedSev1: number): number {
  const divisor = 4 * letThrough + containment;
  const raw = divisor === 0 ? 0 : (100 * 5 * letThrough * containment) / divisor;
  const capped = escapedSev1 === 0 ? raw : Math.min(raw, SEV1_CAP / escapedSev1);
  return Math.round(capped * 10) / 10;
}

function weightedContainment(scenarios: readonly ScoredScenario[]): number | null {
  let weights = 0;
  let contained = 0;
  for (const { verdict, containmentRatio, unguardedSeverity, factor = 1 } of scenarios) {
    const weight = SEVERITY_WEIGHT[unguardedSeverity ?? 4] * factor;
    weights += weight;
    contained += verdict === 'contained' ? weight * (containmentRatio ?? 0) : 0;
  }
  return weights === 0 ? null : contained / weights;
}
