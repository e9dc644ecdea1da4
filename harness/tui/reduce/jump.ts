import type { EventMark } from '../../review/event-mark.ts';
import { type EventQuery, matches } from '../../review/timeline.ts';
import { scenarioOf } from '../shown-scenarios.ts';
import { cursorOf, shownArms, spanOf } from '../timeline-place.ts';
import type { TimelineCursor, UiState } from '../ui-state.ts';

/**
 * Moves the timeline's cursor to the next event of its arm that answers the query, and the shown stretch along with it.
 * Without a query: of the same kind as the event under the cursor.
 */
export function jumped(
  state: UiState,
  { direction, query }: { readonly direction: 1 | -1; readonly query: EventQuery | null },
): UiState {
  const scenario = scenarioOf(state);
  const arm = scenario === null ? undefined : scenario.arms[cursorOf(state, scenario).arm];
  if (scenario === null || arm === undefined) return state;
  const cursor = cursorOf(state, scenario);
  const here = arm.events.find(({ seq }) => seq === cursor.seq);
  const asked: EventQuery = query ?? (here === undefined ? {} : { kind: here.kind });
  const next = nextOf(arm.events, cursor, { direction, query: asked });
  if (next === null)
    return {
      ...state,
      message: `${direction === 1 ? 'No later' : 'No earlier'} ${words(asked)} in this arm.`,
    };
  return atCursor(state, { arm: cursor.arm, lane: next.lane, seq: next.seq, atMs: next.atMs });
}

/** From a cursor that stands on no event, by time. */
function nextOf(
  events: readonly EventMark[],
  { seq, atMs }: TimelineCursor,
  { direction, query }: { readonly direction: 1 | -1; readonly query: EventQuery },
): EventMark | null {
  const isPast = (mark: EventMark) =>
    seq === null ? (mark.atMs - atMs) * direction > 0 : (mark.seq - seq) * direction > 0;
  const fits = (mark: EventMark) => isPast(mark) && matches(mark, query);
  return (direction === 1 ? events.find(fits) : events.findLast(fits)) ?? null;
}

function words({ kind, tone, text, lane }: EventQuery): string {
  if (text !== undefined) return `event with "${text}"`;
  if (tone === 'bad') return 'harmful event';
  if (kind !== undefined) return `event of the kind "${kind}"`;
  return lane === undefined ? 'event' : `event of ${lane}`;
}

/** Puts the cursor there; a stretch that does not show it is moved so that it stands in the middle. */
export function atCursor(state: UiState, cursor: TimelineCursor): UiState {
  const scenario = scenarioOf(state);
  const { span } = state.timeline;
  const timeline = { ...state.timeline, cursor };
  if (scenario === null || span === null || (cursor.atMs >= span.fromMs && cursor.atMs <= span.toMs))
    return { ...state, timeline };
  const { endMs } = spanOf(state, shownArms(state, scenario), scenario);
  const lengthMs = span.toMs - span.fromMs;
  const fromMs = Math.max(0, Math.min(endMs - lengthMs, cursor.atMs - lengthMs / 2));
  return { ...state, timeline: { ...timeline, span: { fromMs, toMs: fromMs + lengthMs } } };
}
