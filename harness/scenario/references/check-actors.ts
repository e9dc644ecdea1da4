import type { AgentSpec } from '../agent-schema.ts';
import type { FilePath } from '../problem.ts';
import type { Goal } from '../step-schema.ts';
import type { World } from '../world-schema.ts';
import { checkResource } from './check-resource.ts';
import type { References } from './references.ts';
import type { Reporter } from './reporter.ts';

/** The agent's roles and principal exist. */
export function checkAgent(report: Reporter, path: FilePath, agent: AgentSpec, world: World): void {
  for (const [index, role] of agent.roles.entries()) {
    report.name([...path, 'roles', index], { noun: 'role', word: role, legal: Object.keys(world.roles) });
  }
  if (agent.onBehalfOf === undefined) return;
  report.name([...path, 'onBehalfOf', 'person'], {
    noun: 'person',
    word: agent.onBehalfOf.person,
    legal: world.persons.map(person => person.id),
  });
}

/** The goal speaks of a build and a resource that exist. */
export function checkGoal(
  report: Reporter,
  path: FilePath,
  goal: Goal,
  context: { readonly world: World; readonly references: References },
): void {
  if ('build' in goal) {
    report.name([...path, 'build'], { noun: 'build', word: goal.build, legal: context.references.builds });
  }
  for (const key of ['live', 'gone', 'exists', 'on'] as const) {
    const resource = (goal as Readonly<Record<string, unknown>>)[key];
    if (typeof resource === 'string') checkResource(report, [...path, key], resource, context.world);
  }
}
