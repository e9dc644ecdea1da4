import type { Arm } from '../journal/events.ts';
import { bodyRows } from './geometry.ts';
import { scenarioOf } from './shown-scenarios.ts';
import type { RecordTarget, UiState } from './ui-state.ts';

/** What a state needs from outside before all of it can be drawn. */
export type Want =
  | { readonly kind: 'list' }
  | { readonly kind: 'run'; readonly directory: string }
  | { readonly kind: 'against'; readonly directory: string }
  | { readonly kind: 'record'; readonly target: RecordTarget }
  | { readonly kind: 'page'; readonly directory: string }
  | {
      readonly kind: 'lines';
      readonly scenarioId: string;
      readonly arm: Arm;
      readonly from: number;
      readonly count: number;
    };

/** The most urgent want; null when all is there. Whoever fulfils it answers with an event of the same kind, or `failed`. */
export function wantOf(state: UiState): Want | null {
  const { screen, list, directory, story, against, overlay } = state;
  const needsList = screen === 'list' || overlay?.kind === 'choose-run';
  if (needsList && list.entries === null) return { kind: 'list' };
  if (screen === 'run' && story === null && directory !== null) return { kind: 'run', directory };
  if (overlay?.kind === 'record' && overlay.fields === null)
    return { kind: 'record', target: overlay.target };
  if (overlay?.kind === 'page' && overlay.lines === null)
    return { kind: 'page', directory: overlay.directory };
  if (against !== null && against.story === null && screen === 'run' && state.tab === 'compare')
    return { kind: 'against', directory: against.directory };
  return linesWanted(state);
}

function linesWanted(state: UiState): Want | null {
  const { timeline, tab, screen } = state;
  const scenario = scenarioOf(state);
  if (screen !== 'run' || tab !== 'timeline' || timeline.mode !== 'lines' || scenario === null) return null;
  const { arm } = timeline.cursor;
  if (scenario.arms[arm] === undefined) return null;
  const { page, top } = timeline.lines;
  const count = bodyRows(state.size);
  const isHere = page !== null && page.scenarioId === scenario.id && page.arm === arm && page.from <= top;
  if (
    isHere &&
    (page.from + page.rows.length >= top + count || page.from + page.rows.length >= page.lineCount)
  )
    return null;
  // Some lines around the window, so that not every step reads.
  const from = Math.max(0, top - count);
  return { kind: 'lines', scenarioId: scenario.id, arm, from, count: count * 3 };
}
