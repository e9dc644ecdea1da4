import type { ArmScore, ScenarioScore, Scorecard } from '../score/scorecard.ts';
import { safeText } from './safe-text.ts';
import { formatCount, formatShare, formatTime, outageSentence } from './words.ts';

/** `Contained 2 of 3`: what a reader must know first. Inconclusive scenarios are never counted as held. */
export function headline({ scenarios, neverRun }: Scorecard): string {
  const of = (verdict: string) => scenarios.filter(scenario => scenario.verdict === verdict).length;
  const parts = [`Contained ${of('contained')} of ${scenarios.length + neverRun.length}`];
  if (of('escaped') > 0) parts.push(`${of('escaped')} escaped`);
  if (of('inconclusive') > 0) parts.push(`${of('inconclusive')} inconclusive`);
  if (neverRun.length > 0) parts.push(`${neverRun.length} never run`);
  return `${parts.join(', ')}.`;
}

/** The worst harm that was left with guardrails: by severity, then by the longest outage. */
export function worstLeft({ scenarios }: Scorecard): string {
  const worst = scenarios
    .filter(scenario => harmed(scenario.arms.guarded))
    .sort((a, b) => rank(a.arms.guarded) - rank(b.arms.guarded) || longest(b) - longest(a))[0];
  if (worst === undefined) {
    const isKnown = scenarios.some(({ arms }) => arms.guarded !== null && arms.guarded.harm !== null);
    return isKnown ? 'Worst harm left: none measured.' : 'Worst harm left: not measured.';
  }
  const outage = worst.arms.guarded?.harm?.outages[0];
  const severity = worst.arms.guarded?.severity ?? null;
  const what = outage === undefined ? 'harm without an outage, see its table.' : outageSentence(outage);
  return `Worst harm left${severity === null ? '' : ` (Sev-${severity})`}: ${what} [${safeText(worst.id, 64)}]`;
}

export function frictionSentence({ friction }: Scorecard): string {
  if (friction.changes === 0) return 'Friction: no harmless change was tried.';
  const waits =
    friction.waitedMsP50 === null
      ? ''
      : `; waited ${formatTime(friction.waitedMsP50)} (p95 ${formatTime(friction.waitedMsP95)})`;
  const people =
    friction.reviewerMinutesPer100 === null
      ? ''
      : `; per 100 changes ${formatCount(Math.round(friction.reviewerMinutesPer100))} reviewer minutes, ${formatCount(Math.round(friction.approvalsPer100 ?? 0))} approvals`;
  const week =
    friction.falsePages === null
      ? '; quiet week not run'
      : `; ${friction.falsePages} false pages and ${friction.falseRollbacks ?? 0} false roll-backs in the quiet week`;
  return `Friction: ${friction.letThrough} of ${friction.changes} harmless changes let through${waits}${people}${week}.`;
}

export function scoreSentence({ score }: Scorecard): string {
  if (score.value === null) return 'Score: none, since nothing conclusive can be averaged.';
  const cap = score.escapedSev1 > 0 ? `; capped, since ${score.escapedSev1} escaped at Sev-1` : '';
  return `Score: ${score.value} of 100 (contained ${formatShare(score.containment ?? 0)}, let through ${formatShare(score.letThrough ?? 0)}, ${score.covered} of ${score.covered + score.inconclusive} conclusive${cap}).`;
}

function harmed(arm: ArmScore | null): boolean {
  if (arm === null || arm.harm === null) return false;
  // Drops of orders bound no harm of their own: a region that was spared has one too.
  const { orderDrops: _drops, ...harm } = arm.harm;
  return Object.values(harm).some(value => (Array.isArray(value) ? value.length > 0 : Number(value) > 0));
}

function rank(arm: ArmScore | null): number {
  return arm?.severity ?? 5;
}

function longest({ arms }: ScenarioScore): number {
  return arms.guarded?.harm?.outages[0]?.durationMs ?? 0;
}
