import { drawMs } from '../kernel/distribution.ts';
import type { Rng } from '../kernel/rng.ts';
import type { DeclaredDelay } from '../scenario/common-schema.ts';

/** Draws a declared delay, ms. Keyed, so that the same wait is as long in every arm, whatever else was drawn. */
export function drawDelayMs(rng: Rng, delay: DeclaredDelay, key: string): number {
  return Math.max(0, drawMs({ medianMs: delay.median, variation: delay.variation }, rng.keyed(key)));
}
