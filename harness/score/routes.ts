import type { ArmRecord } from './arm-record.ts';
import { type MistakeAction, mistakeActions } from './mistake.ts';

/** A way to the mistake's effect, and what became of it in the guarded arm. */
export interface RouteResult {
  readonly door: string;
  readonly verb: string;
  /** `passed`: at least one try took effect, whole or narrowed. `held`: tried, and none did. */
  readonly state: 'held' | 'passed' | 'not-tried';
}

/** All routes of the plan. A route that the scenario does not try is listed too: nothing is known of it. */
export function routesOf(guarded: ArmRecord): RouteResult[] {
  const actions = mistakeActions(guarded);
  return guarded.plan.routes.map(({ door, verb }) => ({
    door,
    verb,
    state: stateOf(actions, { door, verb }),
  }));
}

function stateOf(
  actions: readonly MistakeAction[],
  route: { door: string; verb: string },
): RouteResult['state'] {
  const tries = actions.filter(
    ({ requested: { action } }) => action.door === route.door && action.verb === route.verb,
  );
  if (tries.length === 0) return 'not-tried';
  return tries.some(({ landed }) => landed) ? 'passed' : 'held';
}
