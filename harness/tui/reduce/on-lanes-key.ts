import { axisOf, panned, zoomed } from '../../review/axis.ts';
import { LANES } from '../../review/event-mark.ts';
import type { ScenarioStory } from '../../review/run-story.ts';
import { clamp } from '../geometry.ts';
import { cursorOf, nearestTo, shownArms, spanOf } from '../timeline-place.ts';
import type { Key } from '../ui-event.ts';
import type { UiState } from '../ui-state.ts';
import { atCursor, jumped } from './jump.ts';

/** Keys of the timeline's lanes: from event to event, from lane to lane, zoom and pan. */
export function onLanesKey(state: UiState, scenario: ScenarioStory, key: Key): UiState {
  const { cursor } =
    state.timeline.cursor.seq === null ? { cursor: cursorOf(state, scenario) } : state.timeline;
  switch (key) {
    case 'right':
    case 'l':
      return jumped(state, { direction: 1, query: { lane: cursor.lane } });
    case 'left':
    case 'h':
      return jumped(state, { direction: -1, query: { lane: cursor.lane } });
    case 'down':
    case 'j':
      return toRow(state, scenario, 1);
    case 'up':
    case 'k':
      return toRow(state, scenario, -1);
    case 'home':
    case 'g':
      return atCursor(state, { ...cursor, ...endEvent(state, scenario, 'first') });
    case 'end':
    case 'G':
      return atCursor(state, { ...cursor, ...endEvent(state, scenario, 'last') });
    default:
      return onZoomKey(state, scenario, key);
  }
}

function onZoomKey(state: UiState, scenario: ScenarioStory, key: Key): UiState {
  const span = spanOf(state, shownArms(state, scenario), scenario);
  const axis = axisOf({ ...span, columns: 60 });
  const { atMs } = cursorOf(state, scenario);
  const shown = (next: { fromMs: number; toMs: number }): UiState => {
    const isAll = next.fromMs <= 0 && next.toMs >= span.endMs;
    return { ...state, timeline: { ...state.timeline, span: isAll ? null : next } };
  };
  switch (key) {
    case '+':
    case '=':
    case 'i':
      return shown(zoomed(axis, { factor: 0.5, aroundMs: clamp(atMs, axis.fromMs, axis.toMs) }, span.endMs));
    case '-':
    case 'o':
      return shown(zoomed(axis, { factor: 2, aroundMs: clamp(atMs, axis.fromMs, axis.toMs) }, span.endMs));
    case 'L':
    case '.':
    case 'pageDown':
    case ' ':
      return shown(panned(axis, 0.5, span.endMs));
    case 'H':
    case ',':
    case 'pageUp':
      return shown(panned(axis, -0.5, span.endMs));
    case '0':
      return shown({ fromMs: 0, toMs: span.endMs });
    default:
      return state;
  }
}

function endEvent(state: UiState, scenario: ScenarioStory, which: 'first' | 'last') {
  const { arm, lane } = cursorOf(state, scenario);
  const events = (scenario.arms[arm]?.events ?? []).filter(event => event.lane === lane);
  const event = which === 'first' ? events[0] : events.at(-1);
  return event === undefined ? {} : { seq: event.seq, atMs: event.atMs };
}

/** One lane up or down, over the borders of arms; the event that is nearest in time is taken. */
function toRow(state: UiState, scenario: ScenarioStory, step: 1 | -1): UiState {
  const cursor = cursorOf(state, scenario);
  const rows = shownArms(state, scenario).flatMap(arm => LANES.map(lane => ({ arm, lane })));
  const at = rows.findIndex(({ arm, lane }) => arm === cursor.arm && lane === cursor.lane);
  const row = rows[clamp(at + step, 0, rows.length - 1)];
  if (row === undefined) return state;
  const there = (scenario.arms[row.arm]?.events ?? []).filter(({ lane }) => lane === row.lane);
  const seq = nearestTo(there, cursor.atMs)?.seq ?? null;
  const atMs = nearestTo(there, cursor.atMs)?.atMs ?? Math.max(1, cursor.atMs);
  return atCursor(state, { ...row, seq, atMs });
}
