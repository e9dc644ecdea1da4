import { HARMS, type HarmName } from '../scenario/scenario-schema.ts';
import { type Harm, totalOf } from './harm.ts';
import type { ScoringPlan, Severity } from './scoring-plan.ts';

/** The worst severity that the harm reaches by the world's thresholds (1 is the worst); null when it reaches none. */
export function severityOf(harm: Harm, rules: ScoringPlan['world']['severity']): Severity | null {
  const reached = rules
    .filter(rule => rule.anyOf.some(({ harm: name, atLeast }) => measure(harm, name) >= atLeast))
    .map(rule => rule.severity);
  return reached.length === 0 ? null : (Math.min(...reached) as Severity);
}

/** Totals by name; `outageMs` is another name of `outage`, `cellsAffectedShare` and `orderDrop` are 0–1. */
function measure(harm: Harm, name: string): number {
  if (name === 'outageMs') return totalOf(harm, 'outage');
  if (name === 'cellsAffectedShare') return harm.cellsAffected.length / Math.max(1, harm.cellsInWorld);
  if (name === 'orderDrop')
    return Math.max(0, ...harm.orderDrops.filter(({ hadOutage }) => hadOutage).map(({ share }) => share));
  return isHarm(name) ? totalOf(harm, name) : Number.NEGATIVE_INFINITY;
}

function isHarm(name: string): name is HarmName {
  return (HARMS as readonly string[]).includes(name);
}
