import type { Actor } from '../ports/action.ts';
import type { AgentSpec, Step } from '../scenario/scenario-schema.ts';
import type { World } from '../scenario/world-schema.ts';

/**
 * Who a step's request comes from. The id is always the agent's own: acting in somebody else's session changes whose
 * roles count, never who did it. Roles assumed on the way are the
 * control plane's to add.
 */
export function resolveActor(
  spec: AgentSpec,
  step: Pick<Step, 'as' | 'door'>,
  persons: World['persons'],
): Actor {
  const actor = sessionOf(spec, step, persons);
  return { ...actor, session: step.door === 'break-glass' ? 'break-glass' : actor.session };
}

function sessionOf(spec: AgentSpec, step: Pick<Step, 'as'>, persons: World['persons']): Actor {
  const base = { id: spec.id, kind: spec.kind };
  const lender = personNamed(persons, step.as);
  if (lender !== null) {
    return {
      ...base,
      level: lender.level,
      roles: lender.roles,
      onBehalfOf: lender.id,
      session: lender.id === spec.id ? 'own' : 'borrowed',
    };
  }
  const principal = personNamed(persons, spec.onBehalfOf?.person);
  if (principal !== null && spec.onBehalfOf?.session === 'inherited') {
    return {
      ...base,
      level: principal.level,
      roles: principal.roles,
      onBehalfOf: principal.id,
      session: 'inherited',
    };
  }
  const self = spec.kind === 'person' ? personNamed(persons, spec.id) : null;
  return {
    ...base,
    level: self?.level ?? spec.level,
    // A person of the company needs no list of roles in the script; the company knows them.
    roles: spec.roles.length > 0 ? spec.roles : (self?.roles ?? []),
    onBehalfOf: spec.onBehalfOf?.person ?? null,
    session: 'own',
  };
}

function personNamed(persons: World['persons'], id: string | undefined): World['persons'][number] | null {
  return persons.find(person => person.id === id) ?? null;
}
