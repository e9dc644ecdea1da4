import type { ArmState } from './arm-state.ts';
import type { CellSeries } from './shopper-series.ts';
import type { CellFacts, WorldMark } from './world-marks.ts';

/**
 * How badly a cell is hit. `gone`: no instance or no database. `most`: half of its shoppers' steps fail, or more.
 * `cut-off`: shoppers who come on a calm day did not get as far. `some`: more fail than the objective allows and than on a
 * calm day. `none`: none of these. `unknown`: nobody asked anything of
 * it, and it stands. `absent`: the service does not run in that region. The worst comes first.
 */
export const DEGREES = ['gone', 'most', 'cut-off', 'some', 'none', 'unknown', 'absent'] as const;
export type Degree = (typeof DEGREES)[number];

export interface CellHarm {
  readonly degree: Degree;
  /** Since when it has been so, or when it was at its worst. */
  readonly atMs: number;
  /** Share of its shoppers' steps that failed lately, 0–1; null: none were made. */
  readonly failing: number | null;
  /** Against the state before the mistake. */
  readonly rowsLost: number;
  readonly rowsCorrupted: number;
}

/** What failed lately is what failed in the last ten minutes: one step that fails alone says nothing. */
const LATELY_MS = 600_000;
const LEAST_EXTRA_FAILURES = 2;
/** So many visits that a calm day has are no chance when they are missing (the rule of `score/minutes.ts`). */
const LEAST_MISSING = 3;

/** A cell's harm from step to step: the first at 0, then one whenever its degree or its rows change. */
export function harmSteps(state: ArmState, calm: ArmState | null, cell: string): CellHarm[] {
  const { bucketMs } = state.shoppers;
  const series = state.shoppers.cells.find(one => one.cell === cell);
  const usual = calm?.shoppers.cells.find(one => one.cell === cell) ?? null;
  const buckets = Math.max(0, ...state.shoppers.cells.map(({ attempts }) => attempts.length));
  const bucketTimes = Array.from({ length: buckets }, (_, bucket) => (bucket + 1) * bucketMs);
  const times = [...new Set([0, ...bucketTimes, ...state.world.map(({ atMs }) => atMs)])].toSorted(
    (a, b) => a - b,
  );
  const factsAt = factsOver(state.world, cell);
  const latelyAt = latelyOver(series, bucketMs);
  const usualAt = latelyOver(usual, calm?.shoppers.bucketMs ?? bucketMs);
  const steps: CellHarm[] = [];
  for (const atMs of times) {
    const now = harmAt(state, {
      atMs,
      facts: factsAt(atMs),
      lately: latelyAt(atMs),
      usual: usualAt(atMs),
    });
    const last = steps.at(-1);
    if (last === undefined || isOther(last, now)) steps.push(now);
    else if ((now.failing ?? 0) > (last.failing ?? 0)) steps[steps.length - 1] = { ...now, atMs: last.atMs };
  }
  return steps;
}

function isOther(last: CellHarm, now: CellHarm): boolean {
  return (
    last.degree !== now.degree || last.rowsLost !== now.rowsLost || last.rowsCorrupted !== now.rowsCorrupted
  );
}

/** The step that holds at a time. */
export function degreeAt(steps: readonly CellHarm[], atMs: number): CellHarm {
  return steps.findLast(step => step.atMs <= atMs) ?? steps[0] ?? UNKNOWN;
}

const UNKNOWN: CellHarm = { degree: 'unknown', atMs: 0, failing: null, rowsLost: 0, rowsCorrupted: 0 };

interface Lately {
  readonly attempts: number;
  readonly failures: number;
}

function harmAt(
  state: ArmState,
  { atMs, facts, lately, usual }: { atMs: number; facts: CellFacts | null; lately: Lately; usual: Lately },
): CellHarm {
  const failing = lately.attempts === 0 ? null : lately.failures / lately.attempts;
  const rows = { rowsLost: facts?.rowsLost ?? 0, rowsCorrupted: facts?.rowsCorrupted ?? 0 };
  const degree =
    facts !== null && (facts.instances === 0 || !facts.hasDatabase) ? 'gone' : degreeOf(state, lately, usual);
  return { degree, atMs, failing, ...rows };
}

function degreeOf(state: ArmState, lately: Lately, usual: Lately): Degree {
  if (lately.attempts === 0) return usual.attempts >= LEAST_MISSING ? 'cut-off' : 'unknown';
  const failing = lately.failures / lately.attempts;
  const isUsual =
    lately.failures - usual.failures < LEAST_EXTRA_FAILURES ||
    failing <= (usual.attempts === 0 ? 0 : usual.failures / usual.attempts);
  if (isUsual || failing <= 1 - (state.identity?.objective ?? 0.9)) return 'none';
  return failing >= 0.5 ? 'most' : 'some';
}

/** What the inventory says of a cell at times that ascend: each mark is looked at once. Before the first mark, the first. */
function factsOver(world: readonly WorldMark[], cell: string): (atMs: number) => CellFacts | null {
  const facts = world.map(({ cells }) => cells.find(one => one.cell === cell) ?? null);
  let at = 0;
  return atMs => {
    while (at + 1 < world.length && (world[at + 1]?.atMs ?? 0) <= atMs) at++;
    return facts[at] ?? null;
  };
}

/** Sums up to each bucket answer for any stretch of them at once. */
function latelyOver(series: CellSeries | null | undefined, bucketMs: number): (atMs: number) => Lately {
  if (series === null || series === undefined) return () => ({ attempts: 0, failures: 0 });
  const [attempts, failures] = [runningSums(series.attempts), runningSums(series.failures)];
  const span = Math.max(1, Math.round(LATELY_MS / bucketMs));
  const between = (sums: readonly number[], first: number, end: number) => {
    const upTo = (count: number) => sums[Math.max(0, Math.min(count, sums.length - 1))] ?? 0;
    return upTo(end) - upTo(first);
  };
  return atMs => {
    const end = Math.ceil(atMs / bucketMs);
    const first = Math.max(0, end - span);
    return { attempts: between(attempts, first, end), failures: between(failures, first, end) };
  };
}

/** `[0, a, a + b, …]`. */
function runningSums(counts: readonly number[]): number[] {
  const sums = [0];
  let total = 0;
  for (const count of counts) {
    total += count;
    sums.push(total);
  }
  return sums;
}
