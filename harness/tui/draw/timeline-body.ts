import { wrap } from '../../report/columns.ts';
import { type TimelineView, timeline } from '../../review/timeline.ts';
import { bodyRows } from '../geometry.ts';
import { scenarioOf } from '../shown-scenarios.ts';
import { cursorOf, shownArms, spanOf } from '../timeline-place.ts';
import type { UiState } from '../ui-state.ts';
import { armBlock, axisLine, gutterOf, seriesToShow } from './arm-block.ts';
import type { Brush } from './brush.ts';
import { eventDetail, eventRows } from './event-rows.ts';
import { lineRows } from './line-rows.ts';

const MOST_SERIES = 10;
const LEAST_DETAIL = 3;
/** Of an arm: its name, four lanes, its moments. */
const ARM_ROWS = 6;

/** The timeline in one of its modes; exactly fills the body. */
export function timelineBody(state: UiState, brush: Brush): string[] {
  const scenario = scenarioOf(state);
  if (scenario === null) return [];
  if (state.timeline.mode === 'events') return eventRows(state, scenario, bodyRows(state.size), brush);
  if (state.timeline.mode === 'lines') return lineRows(state, scenario, brush);
  return lanes(state, brush);
}

function lanes(state: UiState, brush: Brush): string[] {
  const scenario = scenarioOf(state);
  if (scenario === null) return [];
  const { columns } = state.size;
  const arms = shownArms(state, scenario);
  if (arms.length === 0) return ['', '  No arm of this scenario left a journal.'];
  const gutter = gutterOf(columns);
  const span = spanOf(state, arms, scenario);
  const view = timeline(scenario.arms, scenario.score, { ...span, columns: columns - gutter - 1, arms });
  const cursor = cursorOf(state, scenario);
  const rows = bodyRows(state.size);
  const fixed = view.arms.reduce((sum, { basis }) => sum + (basis === null ? ARM_ROWS : ARM_ROWS + 1), 0);
  const series = seriesToShow(view, seriesRoom(rows - fixed, arms.length));
  const isTight = rows < 2 + fixed + LEAST_DETAIL;
  const blocks = view.arms.flatMap(arm =>
    armBlock(arm, { view, cursor, series, gutter, columns, isTight }, brush),
  );
  const drawn = [axisLine(view, { cursor, gutter, columns }, brush), ...blocks];
  const room = rows - drawn.length - 1;
  if (room < 1) return drawn.slice(0, rows);
  const below = detail(state, view, { room, columns }, brush);
  return [...drawn, brush('dim', '─'.repeat(columns)), ...below].slice(0, rows);
}

/** Every arm shows the same places, so that they compare; as many as leave room for the event. */
function seriesRoom(rows: number, arms: number): number {
  return Math.max(1, Math.min(MOST_SERIES, Math.floor((rows - 2 - LEAST_DETAIL) / arms)));
}

/** The event under the cursor; where there is room, those around it as well. */
function detail(
  state: UiState,
  view: TimelineView,
  { room, columns }: { room: number; columns: number },
  brush: Brush,
): string[] {
  const scenario = scenarioOf(state);
  if (scenario === null) return [];
  const own = eventDetail(state, scenario, brush);
  if (room >= 8) return [...own, '', ...eventRows(state, scenario, room - own.length - 1, brush)];
  const arm = view.arms.find(one => one.arm === cursorOf(state, scenario).arm);
  const missing =
    arm === undefined || arm.eventsDropped === 0
      ? []
      : [` ${arm.eventsDropped} events more are in the journal: e, e shows every line.`];
  return [...own, ...missing.flatMap(text => wrap(text, { width: columns }))];
}
