import type { Arm } from '../journal/events.ts';
import { safeText } from '../report/safe-text.ts';
import type { ArmScore } from '../score/scorecard.ts';
import type { ArmState } from './arm-state.ts';
import { type CellHarm, DEGREES, type Degree, degreeAt, harmSteps } from './cell-harm.ts';

/** Services × regions, each with how badly it was hit: at one time, or at its worst. */
export interface BlastRadiusView {
  readonly arm: Arm | null;
  /** World time that is shown; null: each cell at its worst. */
  readonly atMs: number | null;
  readonly regions: readonly string[];
  readonly rows: readonly BlastRow[];
  /** What reaches what, as far as the journal tells. */
  readonly links: readonly Link[];
  readonly hurt: number;
  readonly cellsInWorld: number;
  /** What the scorecard counts as affected, beyond noise; null while there is none. */
  readonly affected: readonly string[] | null;
  /** Times at which a cell's degree changes, for scrubbing, ascending. */
  readonly changes: readonly number[];
}

export interface BlastRow {
  readonly service: string;
  readonly tier: number | null;
  /** One for each region, in the order of `regions`. */
  readonly cells: readonly BlastCell[];
}

export interface BlastCell extends CellHarm {
  readonly cell: string;
  readonly region: string;
  /** The mistake acted on it; the rest was reached by spreading. */
  readonly isTarget: boolean;
}

/**
 * `declared`: the plan says that `from` calls `to`. `seen`: shoppers on the journey `from` were seen to reach the
 * service `to`. Services of a region also share one database server, which no link shows.
 */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly source: 'declared' | 'seen';
}

const MOST_CHANGES = 200;

export function blastRadius(
  state: ArmState,
  {
    calm,
    score,
    atMs,
  }: { readonly calm: ArmState | null; readonly score: ArmScore | null; readonly atMs: number | null },
): BlastRadiusView {
  const services = state.identity?.services ?? [];
  const regions = state.identity?.regions ?? [];
  const targets = new Set(
    state.actions.flatMap(({ stepId, effect, landed }) =>
      stepId !== null && landed ? (effect?.cells ?? []) : [],
    ),
  );
  const changes = new Set<number>();
  const rows = services.map(({ service, tier, regions: where }): BlastRow => {
    const cells = regions.map((region): BlastCell => {
      const cell = `${service}/${region}`;
      const place = { cell, region, isTarget: targets.has(cell) };
      if (!where.includes(region)) return { ...place, ...ABSENT };
      const steps = harmSteps(state, calm, cell);
      for (const step of steps.slice(1)) changes.add(step.atMs);
      return { ...place, ...(atMs === null ? worstOf(steps) : degreeAt(steps, atMs)) };
    });
    return { service, tier, cells };
  });
  return {
    arm: state.identity?.arm ?? null,
    atMs,
    regions,
    rows,
    links: linksOf(state),
    hurt: rows.flatMap(({ cells }) => cells).filter(({ degree }) => HURT.has(degree)).length,
    cellsInWorld: services.reduce((sum, { regions: where }) => sum + where.length, 0),
    affected: score?.harm?.cellsAffected.map(cell => safeText(cell, 64)) ?? null,
    changes: [...changes].toSorted((a, b) => a - b).slice(0, MOST_CHANGES),
  };
}

/** Degrees that count as hit. */
export const HURT: ReadonlySet<Degree> = new Set(['some', 'cut-off', 'most', 'gone']);

const ABSENT: CellHarm = {
  degree: 'absent',
  atMs: 0,
  failing: null,
  rowsLost: 0,
  rowsCorrupted: 0,
};

function worstOf(steps: readonly CellHarm[]): CellHarm {
  const degree = DEGREES.find(one => steps.some(step => step.degree === one)) ?? 'unknown';
  const worst = steps
    .filter(step => step.degree === degree)
    .reduce((most, step) => ((step.failing ?? 0) > (most.failing ?? 0) ? step : most));
  return {
    ...worst,
    rowsLost: Math.max(...steps.map(({ rowsLost }) => rowsLost)),
    rowsCorrupted: Math.max(...steps.map(({ rowsCorrupted }) => rowsCorrupted)),
  };
}

function linksOf({ identity, shoppers }: ArmState): Link[] {
  const declared = (identity?.services ?? []).flatMap(({ service, dependsOn }) =>
    dependsOn.map((to): Link => ({ from: service, to, source: 'declared' })),
  );
  const seen = shoppers.journeys.flatMap(({ journey, cells }) =>
    cells.map((cell): Link => ({ from: journey, to: cell.slice(0, cell.indexOf('/')), source: 'seen' })),
  );
  return [...new Map([...declared, ...seen].map(link => [`${link.from} ${link.to}`, link])).values()];
}
