/** Does all the work side by side, also after failures; then throws what failed: the error itself, or all together. */
export async function runAll(work: readonly (() => Promise<unknown>)[], sentence: string): Promise<void> {
  const results = await Promise.allSettled(work.map(async task => task()));
  const failures = results.flatMap(result => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw new AggregateError(failures, sentence);
}
