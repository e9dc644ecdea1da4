import type { ArmState } from './arm-state.ts';
import type { Axis } from './axis.ts';

/**
 * What the visits of a column rest on, on a live stack. `measured`: all were lived through. `extrapolated`: all hold a
 * sample's rates until the next sample. `partly`: both. `none`: nobody came.
 */
export type ColumnBasis = 'measured' | 'partly' | 'extrapolated' | 'none';

/** Without colour, each has its sign; `~` stands for extrapolated in every report. */
export const BASIS_SIGNS: Readonly<Record<ColumnBasis, string>> = {
  measured: '■',
  partly: '◪',
  extrapolated: '~',
  none: ' ',
};

/** By column of the axis; null for the simulation, in which every visit is lived through. */
export function basisColumns({ shoppers }: ArmState, axis: Axis): ColumnBasis[] | null {
  const { basis, bucketMs } = shoppers;
  if (basis === null) return null;
  return Array.from({ length: axis.columns }, (_, column): ColumnBasis => {
    const fromMs = axis.fromMs + column * axis.columnMs;
    const first = Math.floor(fromMs / bucketMs);
    const last = Math.max(first, Math.ceil((fromMs + axis.columnMs) / bucketMs) - 1);
    const isThere = (counts: readonly number[]) => counts.slice(first, last + 1).some(count => count > 0);
    const [isMeasured, isExtrapolated] = [isThere(basis.measured), isThere(basis.extrapolated)];
    if (isMeasured) return isExtrapolated ? 'partly' : 'measured';
    return isExtrapolated ? 'extrapolated' : 'none';
  });
}
