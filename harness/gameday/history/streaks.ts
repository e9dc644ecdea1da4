import type { Verdict } from '../../score/verdict.ts';
import { whyScenarioNotAlike } from './changes.ts';
import type { HistoryPoint } from './point.ts';

/** How long a scenario has had the verdict that it has now. */
export interface Streak {
  readonly scenario: string;
  readonly verdict: Verdict;
  /** Points in a row, the latest included, that were asked alike. */
  readonly length: number;
  readonly since: string;
}

/** `points`: the oldest first. A point that asked something else ends a streak, as one that did not run the scenario does. */
export function streaksOf(points: readonly HistoryPoint[]): Streak[] {
  const latest = points.at(-1);
  if (latest === undefined) return [];
  return latest.scenarios.map(scenario => {
    let [length, since] = [1, latest.startedAt];
    for (const point of points.slice(0, -1).toReversed()) {
      const twin = point.scenarios.find(({ id }) => id === scenario.id);
      if (twin === undefined || twin.verdict !== scenario.verdict) break;
      if (whyScenarioNotAlike([twin, point], [scenario, latest]) !== null) break;
      length += 1;
      since = point.startedAt;
    }
    return { scenario: scenario.id, verdict: scenario.verdict, length, since };
  });
}
