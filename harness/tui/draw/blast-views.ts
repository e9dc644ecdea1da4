import type { Arm } from '../../journal/events.ts';
import type { ArmState } from '../../review/arm-state.ts';
import { type BlastRadiusView, blastRadius, HURT } from '../../review/blast-radius.ts';
import { harmSteps } from '../../review/cell-harm.ts';
import { type ScenarioStory, SHOWN_ARMS } from '../../review/run-story.ts';

/** The blast radius of each shown arm at a time (null: each service at its worst), and where the longest arm ends. */
export function blastViews(
  { arms, score }: ScenarioStory,
  { atMs, arms: wanted }: { readonly atMs: number | null; readonly arms: 'mistake' | 'all' },
): {
  readonly views: readonly BlastRadiusView[];
  readonly changes: readonly number[];
  readonly endMs: number;
} {
  const all = SHOWN_ARMS.filter(arm => arms[arm]?.identity != null);
  const two = all.filter(isMistake);
  const shown = wanted === 'all' || two.length === 0 ? all : two;
  const calm = arms.calm ?? null;
  const views = shown.flatMap(arm => {
    const state = arms[arm];
    const scored = isMistake(arm) ? (score?.arms[arm] ?? null) : null;
    return state === undefined ? [] : [blastRadius(state, { calm, score: scored, atMs })];
  });
  const endMs = Math.max(1, ...shown.map(arm => arms[arm]?.endMs ?? 0));
  const changes = shown.flatMap(arm => harmTimes(arms[arm], calm));
  return { views, endMs, changes: [...new Set(changes)].toSorted((a, b) => a - b).slice(0, MOST_CHANGES) };
}

function isMistake(arm: Arm): arm is 'unguarded' | 'guarded' {
  return arm === 'unguarded' || arm === 'guarded';
}

const MOST_CHANGES = 500;

/** When a service is hit, hit otherwise, or fine again. That shoppers come and go is no change to look at. */
function harmTimes(state: ArmState | undefined, calm: ArmState | null): number[] {
  if (state === undefined) return [];
  const cells = (state.identity?.services ?? []).flatMap(({ service, regions }) =>
    regions.map(region => `${service}/${region}`),
  );
  return cells.flatMap(cell => {
    const steps = harmSteps(state, calm, cell);
    let wasHurt = false;
    return steps.flatMap(({ degree, atMs }, index) => {
      const isNews = index > 0 && (HURT.has(degree) || (wasHurt && degree !== 'unknown'));
      wasHurt = HURT.has(degree) || (wasHurt && degree === 'unknown');
      return isNews ? [atMs] : [];
    });
  });
}

/** The row that is looked at: the chosen one, else the first service that is hit. */
export function chosenRow(views: readonly BlastRadiusView[], row: number | null): number {
  const rows = views[0]?.rows ?? [];
  if (row !== null) return Math.max(0, Math.min(row, rows.length - 1));
  const isHit = (index: number) =>
    views.some(view => (view.rows[index]?.cells ?? []).some(({ degree }) => HURT.has(degree)));
  return Math.max(
    0,
    rows.findIndex((_, index) => isHit(index)),
  );
}
