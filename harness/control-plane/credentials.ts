import type { Actor, Door } from '../ports/action.ts';

/** Roles that were taken or given at run time, on top of those with which an actor comes. */
export interface Credentials {
  give(actorId: string, role: string, untilMs: number): void;
  /** The actor as the request is judged: with its assumed roles, and marked when it comes through the emergency door. */
  inForce(actor: Actor, door: Door): Actor;
}

export function createCredentials(nowMs: () => number): Credentials {
  const held = new Map<string, Map<string, number>>();
  return {
    give: (actorId, role, untilMs) => {
      const roles = held.get(actorId) ?? new Map<string, number>();
      roles.set(role, Math.max(untilMs, roles.get(role) ?? 0));
      held.set(actorId, roles);
    },
    inForce: (actor, door) => {
      const assumed = [...(held.get(actor.id) ?? [])]
        .filter(([, untilMs]) => nowMs() < untilMs)
        .map(([role]) => role);
      return {
        ...actor,
        roles: [...new Set([...actor.roles, ...assumed])],
        session: door === 'break-glass' ? 'break-glass' : actor.session,
      };
    },
  };
}
