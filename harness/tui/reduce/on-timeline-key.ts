import { momentsOf } from '../../review/arm-summary.ts';

import type { ScenarioStory } from '../../review/run-story.ts';
import { eventsListed } from '../events-listed.ts';
import { bodyRows, windowTop } from '../geometry.ts';
import { scenarioOf } from '../shown-scenarios.ts';
import { cursorOf, nearestTo, shownArms } from '../timeline-place.ts';
import type { Key } from '../ui-event.ts';
import type { TimelineMode, UiState } from '../ui-state.ts';
import { atCursor, jumped } from './jump.ts';
import { moved } from './move.ts';
import { onLanesKey } from './on-lanes-key.ts';

const NEXT_MODE: Readonly<Record<TimelineMode, TimelineMode>> = {
  lanes: 'events',
  events: 'lines',
  lines: 'lanes',
};

/** Keys of the timeline: those of all its modes, then those of the one in front. */
export function onTimelineKey(state: UiState, key: Key): UiState {
  const scenario = scenarioOf(state);
  if (scenario === null) return state;
  const { timeline } = state;
  switch (key) {
    case 'e':
      return toMode(state, scenario, NEXT_MODE[timeline.mode]);
    case 'a':
      return { ...state, timeline: { ...timeline, arms: timeline.arms === 'all' ? 'mistake' : 'all' } };
    case 'n':
    case 'N': {
      const query = state.search === '' ? null : { text: state.search };
      return jumped(state, { direction: key === 'n' ? 1 : -1, query });
    }
    case 'x':
    case 'X':
      return jumped(state, { direction: key === 'x' ? 1 : -1, query: { tone: 'bad' } });
    case 'm':
    case 'M':
      return toMoment(state, scenario, key === 'm' ? 1 : -1);
    case 'enter':
      return openRecord(state, scenario);
    case 'A':
      return toArm(state, scenario, 1);
    default:
      if (timeline.mode === 'lanes') return onLanesKey(state, scenario, key);
      return timeline.mode === 'events'
        ? onEventsKey(state, scenario, key)
        : onLinesKey(state, scenario, key);
  }
}

/** The same time in the next arm. */
function toArm(state: UiState, scenario: ScenarioStory, step: number): UiState {
  const arms = shownArms(state, scenario);
  const cursor = cursorOf(state, scenario);
  const arm = arms[(arms.indexOf(cursor.arm) + step) % arms.length] ?? cursor.arm;
  const near = nearestTo(scenario.arms[arm]?.events ?? [], cursor.atMs);
  const lines = { cursor: near?.seq ?? 0, top: near?.seq ?? 0, page: null };
  const next =
    near === undefined
      ? { ...cursor, arm, seq: null }
      : { arm, lane: near.lane, seq: near.seq, atMs: near.atMs };
  return atCursor({ ...state, timeline: { ...state.timeline, lines } }, next);
}

function toMoment(state: UiState, scenario: ScenarioStory, direction: 1 | -1): UiState {
  const cursor = cursorOf(state, scenario);
  const arm = scenario.arms[cursor.arm];
  if (arm === undefined) return state;
  const scored =
    cursor.arm === 'unguarded' || cursor.arm === 'guarded'
      ? (scenario.score?.arms[cursor.arm] ?? null)
      : null;
  const times = Object.entries(momentsOf(arm, scored))
    .flatMap(([name, atMs]) => (atMs === null ? [] : [{ name, atMs }]))
    .toSorted((a, b) => a.atMs - b.atMs);
  const next =
    direction === 1
      ? times.find(({ atMs }) => atMs > cursor.atMs)
      : times.findLast(({ atMs }) => atMs < cursor.atMs);
  if (next === undefined)
    return { ...state, message: `No ${direction === 1 ? 'later' : 'earlier'} moment in this arm.` };
  const exact = arm.events.find(({ atMs }) => atMs === next.atMs);
  const message = `Moment: ${next.name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)}.`;
  return {
    ...atCursor(state, {
      arm: cursor.arm,
      lane: exact?.lane ?? 'world',
      seq: exact?.seq ?? null,
      atMs: next.atMs,
    }),
    message,
  };
}

function openRecord(state: UiState, scenario: ScenarioStory): UiState {
  const { arm, seq } = cursorOf(state, scenario);
  const { mode, lines } = state.timeline;
  const wanted = mode === 'lines' ? lines.cursor : seq;
  if (wanted === null)
    return { ...state, message: 'There is no event here; left and right go to the next one.' };
  const target = { scenarioId: scenario.id, arm, seq: wanted };
  return { ...state, overlay: { kind: 'record', target, fields: null, scroll: 0 } };
}

function toMode(state: UiState, scenario: ScenarioStory, mode: TimelineMode): UiState {
  const cursor = cursorOf(state, scenario);
  const seq = cursor.seq ?? 0;
  const lines =
    mode === 'lines' ? { cursor: seq, top: Math.max(0, seq - 5), page: null } : state.timeline.lines;
  return { ...state, timeline: { ...state.timeline, mode, cursor, lines } };
}

function onEventsKey(state: UiState, scenario: ScenarioStory, key: Key): UiState {
  const cursor = cursorOf(state, scenario);
  const events = eventsListed(state, scenario);
  const at = Math.max(
    0,
    events.findIndex(({ seq }) => seq >= (cursor.seq ?? 0)),
  );
  const next = moved(key, at, { count: events.length, page: bodyRows(state.size) });
  const event = next === null ? undefined : events[next];
  return event === undefined
    ? state
    : atCursor(state, { arm: cursor.arm, lane: event.lane, seq: event.seq, atMs: event.atMs });
}

function onLinesKey(state: UiState, scenario: ScenarioStory, key: Key): UiState {
  const { lines } = state.timeline;
  const count = lines.page?.lineCount ?? scenario.arms[cursorOf(state, scenario).arm]?.lines ?? 0;
  const rows = bodyRows(state.size) - 1;
  const cursor = moved(key, lines.cursor, { count, page: rows });
  if (cursor === null) return state;
  const top = windowTop(cursor, { top: lines.top, rows, count });
  return { ...state, timeline: { ...state.timeline, lines: { ...lines, cursor, top } } };
}
