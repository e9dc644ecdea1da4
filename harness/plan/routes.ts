import { DOORS } from '../ports/action.ts';
import type { EffectKind, VerbCatalogue } from '../ports/verb.ts';
import { flattenSteps, isStop } from '../scenario/flatten-steps.ts';
import type { Step } from '../scenario/scenario-schema.ts';
import type { Route } from './plan.ts';

/**
 * Every door and verb that can do what the mistake's steps do, ordered by door and verb. What they do is the kinds of
 * effect that the steps' own verbs reach; fallbacks are other ways to the same, and only mark routes as in the script.
 */
export function routesTo(steps: readonly Step[], verbs: VerbCatalogue): readonly Route[] {
  const wanted = new Set<EffectKind>(steps.flatMap(step => verbs.get(step.verb)?.reaches ?? []));
  const scripted = new Set(
    flattenSteps(steps, []).flatMap(({ step }) => (isStop(step) ? [] : [`${step.door} ${step.verb}`])),
  );
  const routes: Route[] = [];
  for (const door of DOORS) {
    for (const name of [...verbs.keys()].sort()) {
      const verb = verbs.get(name);
      if (verb?.doors.includes(door) !== true) continue;
      const inScript = scripted.has(`${door} ${name}`);
      const isRoute = verb.reaches.some(effect => wanted.has(effect));
      if (isRoute) routes.push({ door, verb: name, inScript });
    }
  }
  return routes;
}
