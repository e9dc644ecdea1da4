import { safeText } from '../report/safe-text.ts';
import type { RouteResult } from '../score/routes.ts';

/** A route to the mistake's effect on which something else came of it than before. */
export interface RouteChange {
  readonly door: string;
  readonly verb: string;
  readonly before: RouteResult['state'] | 'absent';
  readonly after: RouteResult['state'] | 'absent';
  /** `worse`: now it passed. `better`: it passed, and no longer does. */
  readonly change: 'better' | 'worse' | 'other';
}

const MOST_ROUTES = 200;

export function routeChanges(before: readonly RouteResult[], after: readonly RouteResult[]): RouteChange[] {
  const [old, now] = [byName(before), byName(after)];
  return [...new Map([...old, ...now]).entries()].flatMap(([name, { door, verb }]) => {
    const was = old.get(name)?.state ?? 'absent';
    const is = now.get(name)?.state ?? 'absent';
    if (was === is) return [];
    const change = is === 'passed' ? 'worse' : was === 'passed' ? 'better' : 'other';
    return [{ door: safeText(door, 32), verb: safeText(verb, 64), before: was, after: is, change }];
  });
}

function byName(routes: readonly RouteResult[]): Map<string, RouteResult> {
  return new Map(routes.slice(0, MOST_ROUTES).map(route => [`${route.door} ${route.verb}`, route]));
}
