/** Attempts and failures of one minute; keyed by minute since time zero. */
export type MinuteSeries = ReadonlyMap<number, { readonly attempts: number; readonly failures: number }>;

export interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface OutageRule {
  /** Success ratio below which a minute counts. */
  readonly objective: number;
  /** Intervals no longer than this are noise. */
  readonly noiseFloorMs: number;
  readonly fromMs: number;
  readonly untilMs: number;
}

export const MINUTE_MS = 60_000;
/** Intervals closer than this are one outage: shoppers do not count a good minute between two bad ones. */
const MERGE_MINUTES = 10;
/** One failed journey may be chance; an outage needs more of them than the calm arm had. */
const LEAST_EXTRA_FAILURES = 2;
/** So many calm attempts missing over `MERGE_MINUTES` or more are not chance: nobody was answered. */
const LEAST_MISSING_ATTEMPTS = 3;

type State = 'fine' | 'down' | 'unknown';

/**
 * Intervals in which the arm missed the objective and did worse than the calm arm at the same minute. A minute without
 * attempts continues the state before it; a long stretch without any, where the calm arm had some, counts as down.
 */
export function downIntervals(arm: MinuteSeries, calm: MinuteSeries, rule: OutageRule): Interval[] {
  const first = Math.floor(rule.fromMs / MINUTE_MS);
  const count = Math.max(0, Math.ceil(rule.untilMs / MINUTE_MS) - first);
  const states = Array.from({ length: count }, (_, index) =>
    stateOf(first + index, { arm, calm, objective: rule.objective }),
  );
  fillUnknown(states, index => calm.get(first + index)?.attempts ?? 0);
  return mergedRuns(states)
    .filter(run => extraFailures(run, { arm, calm, first }))
    .map(([from, to]) => ({
      fromMs: Math.max(rule.fromMs, (first + from) * MINUTE_MS),
      toMs: Math.min(rule.untilMs, (first + to) * MINUTE_MS),
    }))
    .filter(({ fromMs, toMs }) => toMs - fromMs > rule.noiseFloorMs);
}

export function durationOf(intervals: readonly Interval[]): number {
  return intervals.reduce((sumMs, { fromMs, toMs }) => sumMs + toMs - fromMs, 0);
}

function stateOf(
  minute: number,
  { arm, calm, objective }: { arm: MinuteSeries; calm: MinuteSeries; objective: number },
): State {
  const seen = arm.get(minute);
  if (seen === undefined || seen.attempts === 0) return 'unknown';
  const ratio = 1 - seen.failures / seen.attempts;
  const usual = calm.get(minute);
  const usualRatio = usual === undefined || usual.attempts === 0 ? 1 : 1 - usual.failures / usual.attempts;
  return ratio < objective && ratio < usualRatio ? 'down' : 'fine';
}

function fillUnknown(states: State[], calmAttempts: (index: number) => number): void {
  for (let start = 0; start < states.length; start++) {
    if (states[start] !== 'unknown') continue;
    let end = start;
    let missing = 0;
    for (; end < states.length && states[end] === 'unknown'; end++) missing += calmAttempts(end);
    const isSilence = end - start >= MERGE_MINUTES && missing >= LEAST_MISSING_ATTEMPTS;
    const neighbour = states[start - 1] ?? states[end] ?? (missing > 0 ? 'down' : 'fine');
    states.fill(isSilence ? 'down' : neighbour, start, end);
    start = end;
  }
}

/** Runs of down minutes as `[from, to)`, those closer than `MERGE_MINUTES` joined. */
function mergedRuns(states: readonly State[]): [number, number][] {
  const runs: [number, number][] = [];
  states.forEach((state, index) => {
    if (state !== 'down') return;
    const last = runs.at(-1);
    if (last !== undefined && index - last[1] < MERGE_MINUTES) last[1] = index + 1;
    else runs.push([index, index + 1]);
  });
  return runs;
}

function extraFailures(
  [from, to]: readonly [number, number],
  { arm, calm, first }: { arm: MinuteSeries; calm: MinuteSeries; first: number },
): boolean {
  let extra = 0;
  let missing = 0;
  for (let index = from; index < to; index++) {
    const seen = arm.get(first + index);
    const usual = calm.get(first + index);
    extra += (seen?.failures ?? 0) - (usual?.failures ?? 0);
    if (seen === undefined) missing += usual?.attempts ?? 0;
  }
  return extra >= LEAST_EXTRA_FAILURES || missing >= LEAST_MISSING_ATTEMPTS;
}
