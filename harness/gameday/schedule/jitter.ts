import { createRng } from '../../kernel/rng.ts';

/**
 * How much later than due a run begins, ms from 0 to `jitterMs`. It depends on the game day and the due time alone: a
 * scheduler that is started again, or another one that takes over, draws the same.
 */
export function jitterOf(gameDay: string, dueMs: number, jitterMs: number): number {
  return Math.floor(createRng(`schedule/${gameDay}`).keyed(String(dueMs)) * (jitterMs + 1));
}
