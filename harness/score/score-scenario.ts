import type { ArmRecord } from './arm-record.ts';
import { attributionsOf, type Rerun } from './attribution.ts';
import { fullestShare } from './budget.ts';
import { CLASSES, type HarmClass } from './containment.ts';
import { doerOf } from './doer.ts';
import { claimResults } from './fidelity.ts';
import { reviewerMs } from './friction.ts';
import { harmReport } from './harm-report.ts';
import { lastHindrance } from './hindrance.ts';
import { momentsOf, timesOf } from './moments.ts';
import { routesOf } from './routes.ts';
import { type SeedScore, worstBenign, worstSeed } from './score-seed.ts';
import type { ArmFile, ArmScore, BenignScore, ScenarioScore } from './scorecard.ts';
import type { Severity } from './scoring-plan.ts';
import { sensitivityOf } from './sensitivity.ts';
import { type Stage, stageOf } from './stage.ts';
import { storyOf } from './story.ts';
import { undoingOf } from './undoing.ts';
import type { Measured } from './verdict.ts';

/** One scenario over its seeds, as the scorecard shows it. `seeds` is not empty. */
export function scoreScenario(
  id: string,
  seeds: readonly [SeedScore, ...SeedScore[]],
  reruns: readonly Rerun[],
): ScenarioScore {
  const shown = worstSeed(seeds) ?? seeds[0];
  const { calm, unguarded, guarded } = shown.arms.arms;
  const scenario = (unguarded ?? guarded ?? calm)?.plan.scenario ?? null;
  const benign = worstBenign(seeds);
  const budget = shown.guarded?.budget ?? [];
  return {
    id,
    title: scenario?.metadata.title ?? id,
    verdict: shown.verdict,
    reason: shown.reason,
    detail: shown.detail,
    stage: stage(shown),
    containmentRatio: shown.verdict === 'inconclusive' ? null : (shown.containment?.ratio ?? null),
    byClass: shown.containment?.byClass ?? noClasses(),
    guardrailCaused: shown.containment?.guardrailCaused ?? [],
    overBlocked: benign?.outcome === 'blocked' || benign?.outcome === 'late',
    seed: shown.arms.seed,
    sensitivity: sensitivityOf(seeds),
    mistakeBy: doerOf([unguarded, guarded]),
    arms: {
      calm: calm === undefined ? null : armFile(calm),
      unguarded: armScore(unguarded, { measured: shown.unguarded, severity: shown.severity.unguarded }),
      guarded: armScore(guarded, { measured: shown.guarded, severity: shown.severity.guarded }),
      benign: benignScore(seeds),
    },
    budget,
    budgetShare: shown.guarded === null ? null : fullestShare(budget),
    routes: guarded === undefined ? [] : routesOf(guarded),
    fidelity: claimResults(
      scenario?.record?.claims ?? [],
      seeds.flatMap(({ unguarded, severity }) =>
        unguarded === null ? [] : [{ harm: unguarded.harm, severity: severity.unguarded }],
      ),
    ),
    record: record(scenario),
    attribution: guarded === undefined ? [] : attributionsOf(guarded, shown.verdict, reruns),
  };
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
  return { status: arm.status, journal: arm.file, digest: arm.digest };
}

function armScore(
  arm: ArmRecord | undefined,
  { measured, severity }: { measured: Measured | null; severity: Severity | null },
): ArmScore | null {
  if (arm === undefined) return null;
  const moments = momentsOf(arm, measured?.harm ?? null);
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
  };
}

function benignScore(seeds: readonly SeedScore[]): BenignScore | null {
  const worst = worstBenign(seeds);
  const arm = seeds.find(({ benign }) => benign === worst)?.arms.arms.benign;
  if (worst === undefined || arm === undefined) return null;
  const { outcome, waitedMs, detail } = worst;
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
