import { listed, plural } from '../report/words.ts';
import { type Confirmation, overBlocks } from './trial.ts';

/** At which of the run's seeds a set of changes was run to its end, and what came of it. */
export interface SeedCheck {
  readonly contained: readonly string[];
  /** Escaped, or judged not at all. */
  readonly notContained: readonly string[];
  /** Harmless work was blocked or late there. */
  readonly overBlocked: readonly string[];
  readonly notTried: readonly string[];
}

/** `seeds`: all of the run. `confirmed`: what the set came to at those where it was run. */
export function seedCheckOf(
  seeds: readonly string[],
  confirmed: ReadonlyMap<string, readonly Confirmation[]>,
): SeedCheck {
  const at = (isIt: (confirmations: readonly Confirmation[]) => boolean) =>
    seeds.filter(seed => isIt(confirmed.get(seed) ?? []));
  return {
    contained: at(all => all.length > 0 && all.every(({ verdict }) => verdict === 'contained')),
    notContained: at(all => all.some(({ verdict }) => verdict !== 'contained')),
    overBlocked: at(all => all.some(overBlocks)),
    notTried: at(all => all.length === 0),
  };
}

const MOST_NAMED = 6;

/** `contained at all 3 seeds of the run`; `NOT contained at seed 2`; what was not tried is said. */
export function seedWords({ contained, notContained, overBlocked, notTried }: SeedCheck): string {
  const tried = contained.length + notContained.length;
  const held =
    notContained.length > 0
      ? `NOT contained at ${named(notContained)}`
      : notTried.length === 0 && tried > 1
        ? `contained at all ${tried} seeds of the run`
        : `contained at ${named(contained)}`;
  const rest = notTried.length === 0 ? '' : `; not tried at ${plural(notTried.length, 'other seed')}`;
  const blocks =
    overBlocked.length === 0 || overBlocked.length === tried ? '' : `; over-blocks at ${named(overBlocked)}`;
  return `${held}${blocks}${rest}`;
}

function named(seeds: readonly string[]): string {
  const shown = seeds.slice(0, MOST_NAMED);
  const more = seeds.length - shown.length;
  return `seed${seeds.length === 1 ? '' : 's'} ${listed(more > 0 ? [...shown, `${more} more`] : shown)}`;
}
