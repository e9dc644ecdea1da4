import type { Actor, Door, Footprint } from '../ports/action.ts';
import { covers } from '../ports/resource.ts';
import type { World } from '../scenario/world-schema.ts';
import { matchesVerb } from './match-verb.ts';

/** The role that the break-glass door demands, whatever else the actor may do. */
export const BREAK_GLASS_ROLE = 'break-glass';

export interface PermissionQuestion {
  readonly actor: Actor;
  readonly door: Door;
  readonly verb: string;
  readonly resource: string;
  readonly footprint: Footprint;
}

/**
 * Why the actor may not do this; null when it may. Looking things up and paperwork are open to everybody. A guardrail was
 * given its authority with the profile: it may do whatever destroys nothing.
 */
export function missingPermission(world: World, question: PermissionQuestion): string | null {
  const { actor, door, verb, resource, footprint } = question;
  if (footprint.readOnly) return null;
  if (door === 'break-glass' && !actor.roles.includes(BREAK_GLASS_ROLE)) {
    return `the break-glass door demands the role ${BREAK_GLASS_ROLE}, which ${actor.id} does not have`;
  }
  if (actor.kind === 'guardrail') {
    return footprint.destructive ? `the guardrail ${actor.id} may not do what destroys something` : null;
  }
  if (actor.roles.some(role => permits(world, role, verb, resource))) return null;
  const held = actor.roles.length === 0 ? 'no role' : `the roles ${actor.roles.join(', ')}`;
  return `${actor.id} has ${held}, and none permits ${verb} on ${resource}`;
}

function permits(world: World, role: string, verb: string, resource: string): boolean {
  const rules = world.roles[role];
  if (rules === undefined) return role === BREAK_GLASS_ROLE;
  return rules.some(
    rule =>
      rule.verbs.some(pattern => matchesVerb(pattern, verb)) &&
      rule.resources.some(pattern => covers(pattern, resource)),
  );
}
