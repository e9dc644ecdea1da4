import type { Actor } from '../ports/action.ts';
import type { World } from '../scenario/world-schema.ts';

export type Person = World['persons'][number];

/** The person on call for a region: operators take turns by region. Null when the company has no operator. */
export function onCallFor(world: Pick<World, 'persons' | 'regions'>, region: string): Person | null {
  const operators = world.persons.filter(({ roles }) => roles.includes('operator'));
  const turn = Math.max(0, world.regions.indexOf(region));
  return operators[turn % Math.max(1, operators.length)] ?? null;
}

/** Who may break the glass: the person on call if they can, else the first who can. */
export function glassBreaker(world: Pick<World, 'persons'>, onCall: Person): Person | null {
  const able = world.persons.filter(({ roles }) => roles.includes('break-glass'));
  return able.find(({ id }) => id === onCall.id) ?? able[0] ?? null;
}

export function actorOf(person: Person, session: 'own' | 'break-glass'): Actor {
  return {
    id: person.id,
    kind: 'person',
    level: person.level,
    roles: person.roles,
    onBehalfOf: null,
    session,
  };
}
