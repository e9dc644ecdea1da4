import { createRng } from '../kernel/rng.ts';
import type { GameDay } from '../scenario/game-day-schema.ts';

/** What is begun together: the arms of one scenario at one seed under one profile. */
export interface Unit {
  readonly run: string;
  /** Null for the quiet week. */
  readonly scenario: string | null;
  readonly seed: string;
}

/**
 * Units in the order in which they are begun. Shuffled, each draws its place by its own name, so that leaving one out
 * does not move the others past one another.
 */
export function orderUnits<Of extends Unit>(units: readonly Of[], order: GameDay['order']): Of[] {
  if (order.by === 'as-listed') return [...units];
  const rng = createRng(order.seed).fork('game-day-order');
  const drawn = units.map(unit => ({
    unit,
    at: rng.keyed(`${unit.run} ${unit.scenario ?? ''} ${unit.seed}`),
  }));
  return drawn.sort((a, b) => a.at - b.at).map(({ unit }) => unit);
}
