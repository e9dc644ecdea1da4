/** An arm's kind: arms of one kind (scenario and arm) take about the same real time. */
export interface TimedArm {
  readonly kind: string;
  readonly wallMs: number;
}

/**
 * Real time that is left, ms: for each arm that is left the mean of its kind so far, or of all kinds where none of its
 * own has ended, shared among the workers. Null while nothing has ended.
 */
export function estimateLeftMs(
  ended: readonly TimedArm[],
  left: ReadonlyMap<string, number>,
  workers: number,
): number | null {
  if (ended.length === 0) return null;
  const sums = new Map<string, { count: number; wallMs: number }>();
  for (const { kind, wallMs } of ended) {
    const sum = sums.get(kind) ?? { count: 0, wallMs: 0 };
    sums.set(kind, { count: sum.count + 1, wallMs: sum.wallMs + wallMs });
  }
  const overallMs = ended.reduce((sum, { wallMs }) => sum + wallMs, 0) / ended.length;
  let workMs = 0;
  for (const [kind, count] of left) {
    const sum = sums.get(kind);
    workMs += count * (sum === undefined ? overallMs : sum.wallMs / sum.count);
  }
  return workMs / Math.max(1, workers);
}
