import { formatMoment } from '../report/words.ts';

/** A stretch of world time laid on columns; column `i` covers `[fromMs + i·columnMs, fromMs + (i + 1)·columnMs)`. */
export interface Axis {
  readonly fromMs: number;
  readonly toMs: number;
  readonly columns: number;
  readonly columnMs: number;
}

export interface Tick {
  readonly atMs: number;
  readonly column: number;
  /** `6h00m`. */
  readonly label: string;
}

const MOST_COLUMNS = 4_000;
const LEAST_SPAN_MS = 1_000;
const MINUTE_MS = 60_000;
/** Round distances between ticks, ms. */
const STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 10_080].map(
  minutes => minutes * MINUTE_MS,
);
/** Columns that a tick's label needs, with some air. */
const TICK_COLUMNS = 9;

export function axisOf({ fromMs, toMs, columns }: { fromMs: number; toMs: number; columns: number }): Axis {
  const count = Math.max(1, Math.min(MOST_COLUMNS, Math.floor(columns)));
  const start = Math.max(0, Math.min(fromMs, toMs));
  const end = Math.max(start + LEAST_SPAN_MS, Math.max(fromMs, toMs));
  return { fromMs: start, toMs: end, columns: count, columnMs: (end - start) / count };
}

/** Null outside the axis. The end itself belongs to the last column. */
export function columnOf({ fromMs, toMs, columns, columnMs }: Axis, atMs: number): number | null {
  if (atMs < fromMs || atMs > toMs) return null;
  return Math.min(columns - 1, Math.floor((atMs - fromMs) / columnMs));
}

export function ticksOf(axis: Axis): Tick[] {
  const stepMs = STEPS_MS.find(step => step / axis.columnMs >= TICK_COLUMNS) ?? axis.toMs - axis.fromMs;
  const ticks: Tick[] = [];
  for (let atMs = Math.ceil(axis.fromMs / stepMs) * stepMs; atMs <= axis.toMs; atMs += stepMs) {
    const column = columnOf(axis, atMs);
    if (column !== null) ticks.push({ atMs, column, label: formatMoment(atMs) });
  }
  return ticks;
}

/** The axis moved by a share of its length, within `[0, endMs]`. */
export function panned(axis: Axis, share: number, endMs: number): Pick<Axis, 'fromMs' | 'toMs'> {
  const spanMs = axis.toMs - axis.fromMs;
  const fromMs = Math.max(0, Math.min(Math.max(0, endMs - spanMs), axis.fromMs + spanMs * share));
  return { fromMs, toMs: fromMs + spanMs };
}

/** The axis made longer (`factor` above 1) or shorter around a time, within `[0, endMs]`. */
export function zoomed(
  axis: Axis,
  { factor, aroundMs }: { readonly factor: number; readonly aroundMs: number },
  endMs: number,
): Pick<Axis, 'fromMs' | 'toMs'> {
  const spanMs = Math.max(MINUTE_MS, Math.min(endMs, (axis.toMs - axis.fromMs) * factor));
  const share = (aroundMs - axis.fromMs) / (axis.toMs - axis.fromMs);
  const fromMs = Math.max(0, Math.min(Math.max(0, endMs - spanMs), aroundMs - spanMs * share));
  return { fromMs, toMs: fromMs + spanMs };
}
