import { formatDuration } from '../kernel/duration.ts';
import { safeText } from '../report/safe-text.ts';
import { plural } from '../report/words.ts';
import type { BrowserMode } from './browser-use.ts';
import type { PlannedGameDay } from './gameday-plan.ts';

const MOST_UNITS = 60;

/** What a game day would run, in order. `asked`: how the caller wants browsers; left out, as the file says. */
export function describeGameDay(planned: PlannedGameDay, json: boolean, asked?: BrowserMode): string {
  const { spec, seeds, runs, units } = planned;
  const browser = asked ?? spec.browser;
  const scenarios = planned.scenarios.map(({ id }) => id);
  const arms = units.reduce((sum, unit) => sum + unit.arms.length, 0);
  const order = units.map(({ run, scenario, seed }) => ({ profile: run, scenario, seed }));
  if (json) {
    const { gate, expectations, stack, abortWhen } = spec;
    const profiles = runs.map(({ run, use, baseline }) => ({ profile: run, use, baseline }));
    const told = { gameDay: spec.metadata.id, stack, browser, scenarios, profiles, seeds, arms, order };
    return `${JSON.stringify({ ...told, gate, expectations, abortWhen }, null, 2)}\n`;
  }
  const worldMs = units.flatMap(unit => unit.arms).reduce((sumMs, { horizonMs }) => sumMs + horizonMs, 0);
  const lines = [
    `Game day ${spec.metadata.id}: ${safeText(spec.metadata.title, 200)}`,
    `  scenarios  ${scenarios.join(', ')}`,
    `  profiles   ${runs.map(({ run, baseline }) => `${run}${baseline ? ' (baseline)' : ''}`).join(', ')}`,
    `  seeds      ${seedsWords(seeds)}`,
    `  stack      ${spec.stack}${spec.stack === 'sim' ? '' : `, browser ${browser}`}`,
    `  arms       ${arms}, ${formatDuration(worldMs)} of world time`,
    `  order      ${spec.order.by}`,
    ...spec.expectations.map(
      ({ scenario, profile = 'every profile', until }) =>
        `  known gap  ${scenario} under ${profile}, until ${until}`,
    ),
    '',
    ...order
      .slice(0, MOST_UNITS)
      .map(unit => `  ${unit.profile}  ${unit.scenario ?? 'quiet week'}  seed ${unit.seed}`),
    ...(order.length > MOST_UNITS ? [`  and ${order.length - MOST_UNITS} more`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function seedsWords(seeds: readonly string[]): string {
  return seeds.length <= 5
    ? seeds.join(', ')
    : `${plural(seeds.length, 'seed')}, ${seeds[0]} to ${seeds.at(-1)}`;
}
