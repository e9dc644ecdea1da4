import type { ArmRecord } from './arm-record.ts';
import { type Deed, deedsOf } from './attribution.ts';
import { basisOf } from './basis.ts';
import { browserLooks } from './browser-looks.ts';
import { fullestShare } from './budget.ts';
import { CLASSES, type HarmClass } from './containment.ts';
import { doerOf } from './doer.ts';
import { type ClaimMeasure, measureClaims } from './fidelity.ts';
import { reviewerMs } from './friction.ts';
import { harmReport } from './harm-report.ts';
import { lastHindrance } from './hindrance.ts';
import { momentsOf, timesOf } from './moments.ts';
import { routesOf } from './routes.ts';
import { type SeedScore, scoreSeed } from './score-seed.ts';
import type { ArmFile, ArmScore, BenignScore, ScenarioScore } from './scorecard.ts';
import type { ScoredClaim, Severity } from './scoring-plan.ts';
import type { SeedArms } from './seed-arms.ts';
import type { SeedFigures } from './sensitivity.ts';
import { type Stage, stageOf } from './stage.ts';
import { storyOf } from './story.ts';
import { undoingOf } from './undoing.ts';
import type { Measured } from './verdict.ts';

/** One scenario at one seed, reduced to what a scorecard needs: its journals can be forgotten. */
export interface SeedRecord {
  readonly figures: SeedFigures;
  /** By the scenario's claims; null when the unguarded arm could not be measured. */
  readonly claims: readonly ClaimMeasure[] | null;
  readonly benign: { readonly outcome: BenignScore['outcome']; readonly shown: BenignScore | null };
  readonly shown: ShownSeed;
}

/** What the scorecard shows of a scenario when this seed stands for it. */
export type ShownSeed = Omit<
  ScenarioScore,
  'overBlocked' | 'sensitivity' | 'arms' | 'fidelity' | 'attribution'
> & {
  readonly arms: Omit<ScenarioScore['arms'], 'benign'>;
  readonly claims: readonly ScoredClaim[];
  readonly deeds: readonly Deed[];
};

export function seedRecord(id: string, arms: SeedArms): SeedRecord {
  const score = scoreSeed(arms);
  const { verdict, containment, guarded, unguarded, severity, benign } = score;
  const claims = scenarioOf(score)?.record?.claims ?? [];
  return {
    figures: {
      verdict,
      ratio: containment?.ratio ?? null,
      guardedOutageMs: guarded === null ? null : (guarded.harm.outages[0]?.durationMs ?? 0),
    },
    claims:
      unguarded === null
        ? null
        : measureClaims(claims, { harm: unguarded.harm, severity: severity.unguarded }),
    benign: { outcome: benign.outcome, shown: benignScore(score) },
    shown: shownSeed(id, score),
  };
}

function shownSeed(id: string, seed: SeedScore): ShownSeed {
  const { calm, unguarded, guarded } = seed.arms.arms;
  const scenario = scenarioOf(seed);
  const budget = seed.guarded?.budget ?? [];
  return {
    id,
    title: scenario?.metadata.title ?? id,
    verdict: seed.verdict,
    reason: seed.reason,
    detail: seed.detail,
    stage: stage(seed),
    containmentRatio: seed.verdict === 'inconclusive' ? null : (seed.containment?.ratio ?? null),
    byClass: seed.containment?.byClass ?? noClasses(),
    guardrailCaused: seed.containment?.guardrailCaused ?? [],
    seed: seed.arms.seed,
    mistakeBy: doerOf([unguarded, guarded]),
    arms: {
      calm: calm === undefined ? null : armFile(calm),
      unguarded: armScore(unguarded, { measured: seed.unguarded, severity: seed.severity.unguarded }),
      guarded: armScore(guarded, { measured: seed.guarded, severity: seed.severity.guarded }),
    },
    budget,
    budgetShare: seed.guarded === null ? null : fullestShare(budget),
    routes: guarded === undefined ? [] : routesOf(guarded),
    claims: scenario?.record?.claims ?? [],
    record: record(scenario),
    deeds: guarded === undefined ? [] : deedsOf(guarded),
  };
}

function scenarioOf({ arms: { arms } }: SeedScore): ArmRecord['plan']['scenario'] {
  return (arms.unguarded ?? arms.guarded ?? arms.calm)?.plan.scenario ?? null;
}

function record(scenario: ArmRecord['plan']['scenario']): ScenarioScore['record'] {
  if (scenario?.record === undefined) return null;
  const { incident, disputed, simulated, sources } = scenario.record;
  return { incident, disputed, simulated, sources };
}

/** A mistake that was never tried ended nowhere: neither where nothing is known, nor where the profile broke the shop first. */
function stage({ verdict, reason, arms: { arms }, guarded }: SeedScore): Stage | null {
  if (
    reason === 'guardrail-broke-steady-state' ||
    verdict === 'inconclusive' ||
    arms.guarded === undefined ||
    arms.unguarded === undefined
  )
    return null;
  const moments = momentsOf(arms.guarded, guarded?.harm ?? null);
  return stageOf(arms.guarded, { unguarded: arms.unguarded, moments });
}

function armFile(arm: ArmRecord): ArmFile {
  const browser = browserLooks(arm);
  const { status, file, digest } = arm;
  return { status, journal: file, digest, ...(browser.length === 0 ? {} : { browser }) };
}

function armScore(
  arm: ArmRecord | undefined,
  { measured, severity }: { measured: Measured | null; severity: Severity | null },
): ArmScore | null {
  if (arm === undefined) return null;
  const moments = momentsOf(arm, measured?.harm ?? null);
  const basis = basisOf(arm);
  return {
    ...armFile(arm),
    severity,
    harm: measured === null ? null : harmReport(measured.harm),
    moments: {
      actionMs: moments.action?.atMs ?? null,
      effectMs: moments.effect?.atMs ?? null,
      impactMs: moments.impact?.atMs ?? null,
      detected: moments.detected,
      spreadStopped: moments.spreadStopped,
      steadyAgainMs: moments.steadyAgain?.atMs ?? null,
    },
    ...timesOf(moments),
    steps: storyOf(arm),
    undoing: moments.effect === null ? null : undoingOf(arm),
    ...(basis === null ? {} : { basis }),
  };
}

function benignScore({ arms: { arms }, benign }: SeedScore): BenignScore | null {
  const arm = arms.benign;
  if (arm === undefined) return null;
  const { outcome, waitedMs, detail } = benign;
  return {
    ...armFile(arm),
    outcome,
    waitedMs,
    reviewerMs: reviewerMs(arm),
    detail,
    hindrance: lastHindrance(arm),
  };
}

function noClasses(): Record<HarmClass, null> {
  return Object.fromEntries(CLASSES.map(name => [name, null])) as Record<HarmClass, null>;
}
