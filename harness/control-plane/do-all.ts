import type { StartedStack } from '../ports/stack.ts';

/**
 * Does work on the stack: side by side where it takes real time, one after the other in the simulation, whose order of
 * events is part of its story. All is waited for, and then the first error is thrown.
 */
export async function doAll<T>(
  { kind }: Pick<StartedStack, 'kind'>,
  work: readonly (() => Promise<T>)[],
): Promise<readonly T[]> {
  const results: T[] = [];
  if (kind === 'sim') {
    for (const task of work) results.push(await task());
    return results;
  }
  const settled = await Promise.allSettled(work.map(task => task()));
  for (const result of settled) {
    if (result.status === 'rejected') throw result.reason;
    results.push(result.value);
  }
  return results;
}
