import { formatMoment } from '../../report/words.ts';
import type { ArmSummary } from '../../review/arm-summary.ts';
import type { ScenarioOverview } from '../../review/overview.ts';
import type { Brush } from './brush.ts';
import { sized } from './text.ts';

const SHOWN = ['unguarded', 'guarded', 'benign'] as const;

interface Row {
  readonly label: string;
  readonly cells: readonly string[];
  /** The harm is left with guardrails as well. */
  readonly isLeft?: boolean;
}

/** The arms side by side: what was done in each, who was hurt, when it was noticed and over. */
export function armsTable(scenario: ScenarioOverview, columns: number, brush: Brush): string[] {
  const arms = SHOWN.map(arm => scenario.arms.find(summary => summary.arm === arm) ?? null);
  if (arms.every(arm => arm === null)) return [' No arm of this scenario left a journal.'];
  const label = Math.max(27, Math.floor(columns * 0.38));
  const cell = Math.floor((columns - label - 1) / SHOWN.length);
  const line = ({ label: name, cells }: Row) =>
    ` ${sized(name, label - 1)} ${cells.map(text => sized(text, cell - 1)).join(' ')}`.trimEnd();
  return [
    brush('strong', line({ label: '', cells: ['unguarded', 'guarded', 'benign'] })),
    ...[...harmLines(scenario), ...deedLines(arms)].map(row =>
      row.isLeft === true ? brush('bad', line(row)) : line(row),
    ),
  ];
}

/** Harm is counted beyond the calm arm; the twin is judged by whether it was let through. */
function harmLines({ harms }: ScenarioOverview): Row[] {
  return harms.map(({ label, unguarded, guarded, isLeft }) => ({
    label: `${isLeft ? '✗' : ' '} ${label}`,
    cells: [unguarded, guarded, ''],
    isLeft,
  }));
}

function deedLines(arms: readonly (ArmSummary | null)[]): Row[] {
  const row = (label: string, read: (arm: ArmSummary) => string): Row => ({
    label: `  ${label}`,
    cells: arms.map(arm => (arm === null ? '·' : read(arm))),
  });
  return [
    row('Steps that took effect', ({ steps }) => `${steps.landed} of ${steps.tried}`),
    row('Steps refused', ({ steps }) => String(steps.refused)),
    row('Took effect', ({ moments }) => at(moments.effect)),
    row(
      'Noticed',
      ({ moments, detectedBy }) => `${at(moments.detected)}${detectedBy === null ? '' : ` ${detectedBy}`}`,
    ),
    row('Steady again', ({ moments }) => at(moments.steadyAgain)),
    row('Ended', ({ status, endMs, progress }) =>
      status === 'cut'
        ? `at ${Math.floor(progress * 100)}% so far`
        : `${status === 'completed' ? '' : `${status} `}${at(endMs)}`,
    ),
  ];
}

function at(atMs: number | null): string {
  return atMs === null ? '-' : formatMoment(atMs);
}
