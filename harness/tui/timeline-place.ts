import type { Arm } from '../journal/events.ts';
import type { EventMark } from '../review/event-mark.ts';
import { type ScenarioStory, SHOWN_ARMS } from '../review/run-story.ts';
import type { TimelineCursor, UiState } from './ui-state.ts';

/** The arms that the timeline shows, from top to bottom: the mistake's two, or all that left a journal. */
export function shownArms({ timeline }: Pick<UiState, 'timeline'>, { arms }: ScenarioStory): readonly Arm[] {
  const all = SHOWN_ARMS.filter(arm => arms[arm] !== undefined);
  const two = all.filter(arm => arm === 'unguarded' || arm === 'guarded');
  return timeline.arms === 'all' || two.length === 0 ? all : two;
}

/** What stretch of world time is shown, and where the longest of the arms ends, ms. */
export function spanOf(
  { timeline: { span } }: Pick<UiState, 'timeline'>,
  shown: readonly Arm[],
  { arms }: ScenarioStory,
): { readonly fromMs: number; readonly toMs: number; readonly endMs: number } {
  const ends = shown.map(arm => Math.max(arms[arm]?.endMs ?? 0, arms[arm]?.identity?.horizonMs ?? 0));
  const endMs = Math.max(1, ...ends);
  return { ...(span ?? { fromMs: 0, toMs: endMs }), endMs };
}

/** Where the cursor stands. At first on what a reader looks for: the effect of the mistake, else the first harm. */
export function cursorOf(state: Pick<UiState, 'timeline'>, scenario: ScenarioStory): TimelineCursor {
  const { cursor } = state.timeline;
  const shown = shownArms(state, scenario);
  const arm = shown.includes(cursor.arm) ? cursor.arm : (shown[0] ?? 'guarded');
  if (arm === cursor.arm && (cursor.seq !== null || cursor.atMs > 0)) return cursor;
  const events = scenario.arms[arm]?.events ?? [];
  const effectMs = scenario.arms[arm]?.moments.effect?.atMs;
  const first =
    events.find(
      ({ atMs, lane, type }) => atMs === effectMs && lane === 'agent' && type === 'effect-finished',
    ) ??
    events.find(({ tone }) => tone === 'bad') ??
    events.find(({ lane }) => lane === 'agent') ??
    events[0];
  return first === undefined
    ? { ...cursor, arm, seq: null }
    : { arm, lane: first.lane, seq: first.seq, atMs: first.atMs };
}

/** The event of a list that is nearest in time; undefined for an empty list. */
export function nearestTo(events: readonly EventMark[], atMs: number): EventMark | undefined {
  return events.reduce<EventMark | undefined>(
    (best, mark) =>
      best === undefined || Math.abs(mark.atMs - atMs) < Math.abs(best.atMs - atMs) ? mark : best,
    undefined,
  );
}
