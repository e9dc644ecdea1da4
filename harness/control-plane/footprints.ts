import type { Footprint } from '../ports/action.ts';
import type { Company } from './company.ts';
import { cellsOf, trafficShareOf } from './scope.ts';
import type { Target } from './verb.ts';

/** The footprint of what changes nothing: looking, asking, and paperwork. */
export const LOOKING: Footprint = {
  cells: [],
  destructive: false,
  reversible: true,
  trafficShare: 0,
  rollsOut: false,
  readOnly: true,
};

export interface Touch {
  readonly destructive?: boolean;
  readonly reversible?: boolean;
  readonly rollsOut?: boolean;
  /** Share of each cell's traffic that is reached at once; 1 when left out. */
  readonly waveShare?: number;
}

/** The footprint of a change to all of the target's slots. */
export function touching(target: Target, company: Company, touch: Touch = {}): Footprint {
  const { destructive = false, reversible = !destructive, rollsOut = false, waveShare = 1 } = touch;
  return {
    cells: cellsOf(target.slots),
    destructive,
    reversible,
    trafficShare: trafficShareOf(company.context.world, target.slots) * waveShare,
    rollsOut,
    readOnly: false,
  };
}
