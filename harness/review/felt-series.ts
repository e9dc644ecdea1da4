import type { ArmState } from './arm-state.ts';
import type { Axis } from './axis.ts';
import type { JourneySeries } from './shopper-series.ts';

/** How shoppers fared with one journey in one region, by column of the axis. */
export interface FeltSeries {
  readonly journey: string;
  readonly region: string;
  readonly columns: readonly FeltColumn[];
  /** Over the whole axis. */
  readonly succeeded: number;
  readonly failed: number;
  /** Columns that missed the objective and did worse than the calm arm. */
  readonly hurtColumns: number;
}

export interface FeltColumn {
  readonly attempts: number;
  /** Share that succeeded, 0–1; null: nobody came. */
  readonly ratio: number | null;
  /** Below the objective, and below the calm arm at the same time. */
  readonly isHurt: boolean;
}

/** All series of an arm, those with the most hurt first. The calm arm, where there is one, says what is usual. */
export function feltSeries(state: ArmState, calm: ArmState | null, axis: Axis): FeltSeries[] {
  const objective = state.identity?.objective ?? 0.9;
  return state.shoppers.journeys
    .map(series => {
      const twin = calm?.shoppers.journeys.find(
        ({ journey, region }) => journey === series.journey && region === series.region,
      );
      return feltOf({ series, bucketMs: state.shoppers.bucketMs }, usualOf(twin, calm), { axis, objective });
    })
    .toSorted(
      (a, b) =>
        b.hurtColumns - a.hurtColumns ||
        b.failed - a.failed ||
        (`${a.region} ${a.journey}` < `${b.region} ${b.journey}` ? -1 : 1),
    );
}

interface Bucketed {
  readonly series: JourneySeries;
  readonly bucketMs: number;
}

function usualOf(twin: JourneySeries | undefined, calm: ArmState | null): Bucketed | null {
  return twin === undefined || calm === null ? null : { series: twin, bucketMs: calm.shoppers.bucketMs };
}

function feltOf(
  arm: Bucketed,
  calm: Bucketed | null,
  { axis, objective }: { axis: Axis; objective: number },
): FeltSeries {
  const { succeeded, failed } = totalIn(arm, axis);
  const columns = Array.from({ length: axis.columns }, (_, column): FeltColumn => {
    const fromMs = axis.fromMs + column * axis.columnMs;
    const span = { fromMs, toMs: fromMs + axis.columnMs };
    const here = totalIn(arm, span);
    const ratio = ratioOf(here);
    const usual = calm === null ? null : ratioOf(totalIn(calm, span));
    return {
      attempts: here.succeeded + here.failed,
      ratio,
      isHurt: ratio !== null && ratio < objective && ratio < (usual ?? 1),
    };
  });
  return {
    journey: arm.series.journey,
    region: arm.series.region,
    columns,
    succeeded,
    failed,
    hurtColumns: columns.filter(({ isHurt }) => isHurt).length,
  };
}

/** Of the buckets that begin in the span; of the one around it when none does. */
function totalIn({ series, bucketMs }: Bucketed, { fromMs, toMs }: { fromMs: number; toMs: number }) {
  const first = Math.ceil(fromMs / bucketMs);
  const last = Math.ceil(toMs / bucketMs) - 1;
  const [from, to] = last < first ? [first - 1, first - 1] : [first, last];
  let [succeeded, failed] = [0, 0];
  for (let bucket = Math.max(0, from); bucket <= to; bucket++) {
    succeeded += series.succeeded[bucket] ?? 0;
    failed += series.failed[bucket] ?? 0;
  }
  return { succeeded, failed };
}

function ratioOf({ succeeded, failed }: { succeeded: number; failed: number }): number | null {
  return succeeded + failed === 0 ? null : succeeded / (succeeded + failed);
}
