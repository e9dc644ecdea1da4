import { flattenSteps, isStop } from '../scenario/flatten-steps.ts';
import type { Goal, OrdinaryChange, Scenario, Step } from '../scenario/scenario-schema.ts';
import type { World } from '../scenario/world-schema.ts';

/** Ids of the builds that a run may start: every service's first one, and those that steps and goals name. Sorted. */
export function namedBuilds(
  world: World,
  scenario: Scenario | null,
  changes: readonly OrdinaryChange[],
): readonly string[] {
  const tasks = [...(scenario === null ? [] : [scenario.benign]), ...changes];
  const steps = [...(scenario?.steps ?? []), ...tasks.flatMap(task => task.steps)];
  const ids = [
    ...Object.keys(world.services).map(service => `${service}-stable`),
    ...tasks.flatMap(task => buildOf(task.goal)),
    ...steps.flatMap(buildsOf),
  ];
  return [...new Set(ids)].sort();
}

function buildOf(goal: Goal): readonly string[] {
  return 'build' in goal ? [goal.build] : [];
}

function buildsOf(step: Step): readonly string[] {
  return flattenSteps([step], []).flatMap(entry => (isStop(entry.step) ? [] : buildsIn(entry.step.params)));
}

/** `build` in a verb's params, and in the `set` of a configuration push. `@step` is an id that is not known yet. */
function buildsIn(params: Readonly<Record<string, unknown>>): readonly string[] {
  const set = params.set;
  const inner = typeof set === 'object' && set !== null ? [(set as Record<string, unknown>).build] : [];
  return [params.build, ...inner].filter(id => typeof id === 'string').filter(id => !id.startsWith('@'));
}
