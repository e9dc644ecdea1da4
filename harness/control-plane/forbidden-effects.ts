import type { ApprovalFact } from '../ports/action.ts';
import { covers } from '../ports/resource.ts';
import type { SlotSpec } from '../ports/stack.ts';
import type { World } from '../scenario/world-schema.ts';
import type { EffectPattern } from './company.ts';
import { matchesVerb } from './match-verb.ts';

export interface Effect {
  /** The action's verb, and those of which its effect is the same: a plan that deletes acts as a deletion. */
  readonly verbs: readonly string[];
  readonly resource: string;
  readonly slots: readonly SlotSpec[];
  readonly approvals: readonly ApprovalFact[];
}

/** Names what the effect breaks: `<verb> <resource>` of the task's forbidden list, and `policy <id>` of the company's policy. */
export function forbiddenMarks(
  world: World,
  list: readonly EffectPattern[],
  effect: Effect,
): readonly string[] {
  const marks = list.filter(line => isHit(line, effect)).map(line => `${line.verb} ${line.resource}`);
  for (const line of world.policy) {
    if (!isHit(line, effect)) continue;
    const isApproved = line.unlessApprovedBy !== undefined && humanGrants(effect) >= line.unlessApprovedBy;
    if (!isApproved) marks.push(`policy ${line.id}`);
  }
  return marks;
}

function isHit(pattern: EffectPattern, effect: Effect): boolean {
  if (!effect.verbs.some(verb => matchesVerb(pattern.verb, verb))) return false;
  return (
    covers(pattern.resource, effect.resource) ||
    effect.slots.some(({ slot }) => covers(pattern.resource, slot))
  );
}

/** The policy means people who looked, not software that clicked or a session that was lent. */
function humanGrants(effect: Effect): number {
  return effect.approvals.filter(({ kind, session }) => kind === 'person' && session === 'own').length;
}
