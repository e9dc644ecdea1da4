/** One line of the benchmark's answer. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the value is measured against, in the same unit; null when the target is absolute. */
  readonly floor: number | null;
  readonly ratio: number | null;
  /** The target in words: `ratio <= 1.5`. */
  readonly target: string;
  readonly met: boolean;
}

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
