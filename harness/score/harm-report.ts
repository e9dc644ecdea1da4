import type { HarmName } from '../scenario/scenario-schema.ts';
import { type Harm, totalsOf } from './harm.ts';
import type { OrderDrop } from './money.ts';
import type { Outage } from './outages.ts';

/** Harm as the scorecard shows it: lists where places matter, sums elsewhere. Figures are beyond the calm arm. */
export type HarmReport = Readonly<Record<Exclude<HarmName, 'outage' | 'cellsAffected'>, number>> & {
  readonly cellsAffected: readonly string[];
  /** Of all cells in the world, 0–1. */
  readonly cellsAffectedShare: number;
  /** Longest first. */
  readonly outages: readonly Outage[];
  readonly orderDrops: readonly OrderDrop[];
};

export function harmReport(harm: Harm): HarmReport {
  const { outage: _outage, cellsAffected: _cells, ...totals } = totalsOf(harm);
  return {
    ...totals,
    cellsAffected: harm.cellsAffected,
    cellsAffectedShare: harm.cellsAffected.length / Math.max(1, harm.cellsInWorld),
    outages: harm.outages,
    orderDrops: harm.orderDrops,
  };
}
