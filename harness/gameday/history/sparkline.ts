const BARS = '▁▂▃▄▅▆▇█';
/** Where nothing was measured. */
const GAP = '·';
/** Before a value that does not compare with the one before it. */
const BREAK = '|';

export interface SparkValue {
  /** Null: not measured. */
  readonly value: number | null;
  /** It does not compare with the value before it. */
  readonly isBreak: boolean;
}

/** One sign for each value, on a scale from 0 to `most`. */
export function sparkline(values: readonly SparkValue[], most: number): string {
  return values
    .map(({ value, isBreak }, index) => `${isBreak && index > 0 ? BREAK : ''}${barOf(value, most)}`)
    .join('');
}

function barOf(value: number | null, most: number): string {
  if (value === null || !Number.isFinite(value)) return GAP;
  const share = most <= 0 ? 0 : Math.min(1, Math.max(0, value / most));
  return BARS[Math.round(share * (BARS.length - 1))] ?? GAP;
}
