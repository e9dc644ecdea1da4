/** A declared duration: a number of milliseconds, varied evenly by ± `variation` (0.2 = 20 %). */
export interface Spread {
  readonly medianMs: number;
  readonly variation: number;
}

/** Draws from the spread; `unit` is a draw in [0, 1). */
export function drawMs(spread: Spread, unit: number): number {
  return Math.round(spread.medianMs * (1 + spread.variation * (2 * unit - 1)));
}
