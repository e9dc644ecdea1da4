import type {
  ApprovalDemand,
  Constraints,
  Decision,
  GuardedAction,
  Level,
  Remedy,
} from '../../ports/action.ts';
import type { Ruling } from '../../ports/guardrail-chain.ts';
import { cleanText } from './clean-text.ts';
import { combineConstraints } from './combine-constraints.ts';

/** What a guardrail's answer counted as. */
export interface CountedDecision {
  readonly guardrail: string;
  readonly decision: Decision;
}

type Of<Effect extends Decision['effect']> = {
  readonly guardrail: string;
  readonly decision: Extract<Decision, { effect: Effect }>;
};

/**
 * The written rule: deny > require-approval > narrow > allow. Demands for approval combine to the highest count, the
 * highest level and the shortest validity; constraints to their intersection, and with `plan`, the waves that the
 * door's guardrails impose on every roll-out. Constraints that leave no cell are a denial.
 */
export function combineDecisions(
  action: GuardedAction,
  decisions: readonly CountedDecision[],
  plan: Constraints | null,
): Ruling {
  const denials = withEffect(decisions, 'deny');
  if (denials.length > 0) {
    const remedies = denials.flatMap(({ decision }) => decision.remedies);
    return { decision: 'denied', ...told(denials), remedies: distinct(remedies) };
  }
  const demands = withEffect(decisions, 'require-approval');
  const [firstDemand, ...moreDemands] = demands.map(({ decision }) => decision.approval);
  if (firstDemand !== undefined) {
    const demand = moreDemands.reduce(combineDemands, firstDemand);
    return { decision: 'approval-required', ...told(demands), demand };
  }
  const narrowings = withEffect(decisions, 'narrow');
  if (narrowings.length > 0) return narrowed(action, narrowings, plan);
  return { decision: 'allowed', by: [], reason: allowedReason(decisions.length) };
}

function narrowed(
  action: GuardedAction,
  narrowings: readonly Of<'narrow'>[],
  plan: Constraints | null,
): Ruling {
  const imposed = action.footprint.rollsOut && plan !== null ? plan : {};
  const wanted = narrowings.map(({ decision }) => decision.constraints).reduce(combineConstraints, imposed);
  const cells = wanted.cells?.filter(cell => action.footprint.cells.includes(cell));
  const { by, reason } = told(narrowings);
  if (cells?.length === 0) {
    return {
      decision: 'denied',
      by,
      reason: cleanText(`no cell is left of the action: ${reason}`),
      remedies: [],
    };
  }
  return {
    decision: 'narrowed',
    by,
    reason,
    constraints: cells === undefined ? wanted : { ...wanted, cells },
  };
}

function withEffect<Effect extends Decision['effect']>(
  decisions: readonly CountedDecision[],
  effect: Effect,
): readonly Of<Effect>[] {
  return decisions.filter((counted): counted is Of<Effect> => counted.decision.effect === effect);
}

function told(deciding: readonly CountedDecision[]): { by: readonly string[]; reason: string } {
  const reasons = deciding.map(({ guardrail, decision }) => `${guardrail}: ${decision.reason}`);
  return { by: deciding.map(({ guardrail }) => guardrail), reason: cleanText(reasons.join('; ')) };
}

function allowedReason(asked: number): string {
  if (asked === 0) return 'no guardrail rules on it';
  return asked === 1 ? 'the one guardrail asked allowed it' : `all ${asked} guardrails asked allowed it`;
}

const LEVELS: readonly Level[] = ['junior', 'mid', 'senior'];

function combineDemands(a: ApprovalDemand, b: ApprovalDemand): ApprovalDemand {
  return {
    count: Math.max(a.count, b.count),
    level: LEVELS.indexOf(a.level) >= LEVELS.indexOf(b.level) ? a.level : b.level,
    expiresAfterMs: Math.min(a.expiresAfterMs, b.expiresAfterMs),
  };
}

function distinct(remedies: readonly Remedy[]): readonly Remedy[] {
  return [...new Map(remedies.map(remedy => [JSON.stringify(remedy), remedy])).values()];
}
