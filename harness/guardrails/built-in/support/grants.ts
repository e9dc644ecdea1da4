import type { ApprovalFact, Decision, GuardedAction, Level } from '../../../ports/action.ts';

const LEVELS: readonly Level[] = ['junior', 'mid', 'senior'];

/** What a guardrail wants to see granted before it lets an action through. */
export interface Demand {
  readonly count: number;
  readonly level: Level;
  readonly expiresAfterMs: number;
}

/**
 * The grants that count: by people, in sessions of their own, of at least the level, each person once, and neither by
 * the author nor by the person on whose behalf the author acts.
 */
function countingGrants(action: GuardedAction, level: Level): readonly ApprovalFact[] {
  const seen = new Set<string>([action.actor.id]);
  if (action.actor.onBehalfOf !== null) seen.add(action.actor.onBehalfOf);
  const counting: ApprovalFact[] = [];
  for (const grant of action.facts.approvals) {
    if (grant.kind !== 'person' || grant.session !== 'own' || !isAtLeast(grant.level, level)) continue;
    if (seen.has(grant.by)) continue;
    seen.add(grant.by);
    counting.push(grant);
  }
  return counting;
}

/** Allows the action once enough grants count, else demands them; `why` says what wants them. */
export function demandGrants(action: GuardedAction, demand: Demand, why: string): Decision {
  const granted = countingGrants(action, demand.level).length;
  const status = `${granted} of ${demand.count} (level ${demand.level} or above, by people other than the author)`;
  if (granted >= demand.count) return { effect: 'allow', reason: `approvals that count: ${status}` };
  return {
    effect: 'require-approval',
    reason: `${why}; approvals that count: ${status}`,
    approval: { count: demand.count, level: demand.level, expiresAfterMs: demand.expiresAfterMs },
  };
}

/** True for a senior person, in no one else's session, who has opened an emergency change record for the action. */
export function isSeniorEmergency(action: GuardedAction): boolean {
  const { kind, level, session } = action.actor;
  return (
    kind === 'person' &&
    level === 'senior' &&
    (session === 'own' || session === 'break-glass') &&
    action.facts.changeRecord?.kind === 'emergency'
  );
}

function isAtLeast(level: Level, least: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(least);
}
