import { HarnessError } from './errors.ts';

/** States what must be true; false is a bug of ours and ends the run with this sentence. */
export function invariant(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new HarnessError('bug', { message: `broken invariant: ${sentence}` });
}
