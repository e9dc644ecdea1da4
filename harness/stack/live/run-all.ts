import { machineTrouble } from '../../kernel/errors.ts';

/** Does all the work side by side, also after failures; then throws what failed: see `throwAll`. */
export async function runAll(work: readonly (() => Promise<unknown>)[], sentence: string): Promise<void> {
  const results = await Promise.allSettled(work.map(async task => task()));
  throwAll(
    results.flatMap(result => (result.status === 'rejected' ? [result.reason] : [])),
    sentence,
  );
}

/** Throws the failure itself, or all together; the machine's trouble before all others, since it explains them. */
export function throwAll(failures: readonly unknown[], sentence: string): void {
  if (failures.length === 0) return;
  const together = failures.length === 1 ? failures[0] : new AggregateError(failures, sentence);
  throw machineTrouble(together) ?? together;
}
