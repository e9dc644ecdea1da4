import { nextEvent } from '../../review/timeline.ts';
import { choosableRuns } from '../choosable-runs.ts';
import { plainBrush } from '../draw/brush.ts';
import { overlayLines } from '../draw/overlay.ts';
import { bodyRows, clamp } from '../geometry.ts';
import { scenarioOf } from '../shown-scenarios.ts';
import type { Key } from '../ui-event.ts';
import type { Overlay, UiState } from '../ui-state.ts';
import { moved } from './move.ts';

/** Keys of what lies on top of a screen: help, a record, a game day's page, the choice of a run, the question at leaving. */
export function onOverlayKey(state: UiState, overlay: Overlay, key: Key): UiState {
  if (overlay.kind === 'leave') return onLeaveKey(state, overlay, key);
  if (key === 'escape' || key === 'q' || (key === '?' && overlay.kind === 'help'))
    return { ...state, overlay: null };
  if (overlay.kind === 'choose-run') return onChooseKey(state, overlay, key);
  if (overlay.kind === 'record') {
    if (key === 'enter') return { ...state, overlay: null };
    const direction = { right: 1, l: 1, n: 1, left: -1, h: -1, N: -1 }[key];
    if (direction !== undefined) return otherRecord(state, overlay, direction === 1 ? 1 : -1);
  }
  return scrolled(state, overlay, key);
}

function scrolled(state: UiState, overlay: Extract<Overlay, { scroll: number }>, key: Key): UiState {
  const rows = bodyRows(state.size);
  const last = Math.max(0, overlayLines(state, overlay, plainBrush).length - rows + 1);
  const next = moved(key, clamp(overlay.scroll, 0, last), { count: last + 1, page: rows });
  return next === null ? state : { ...state, overlay: { ...overlay, scroll: next } };
}

/** The same for the event before or after it; the timeline's cursor goes along. */
function otherRecord(
  state: UiState,
  { target }: Extract<Overlay, { kind: 'record' }>,
  direction: 1 | -1,
): UiState {
  const arm = scenarioOf(state)?.arms[target.arm];
  const next = arm === undefined ? null : nextEvent(arm, { seq: target.seq, direction });
  if (next === null)
    return { ...state, message: direction === 1 ? 'It was the last event.' : 'It was the first event.' };
  const cursor = { arm: target.arm, lane: next.lane, seq: next.seq, atMs: next.atMs };
  return {
    ...state,
    timeline: { ...state.timeline, cursor },
    overlay: { kind: 'record', target: { ...target, seq: next.seq }, fields: null, scroll: 0 },
  };
}

function onChooseKey(
  state: UiState,
  { cursor }: Extract<Overlay, { kind: 'choose-run' }>,
  key: Key,
): UiState {
  const runs = choosableRuns(state);
  const chosen = runs[cursor]?.directory;
  if (key === 'enter' && chosen !== undefined)
    return { ...state, overlay: null, scroll: 0, against: { directory: chosen, story: null } };
  const next = moved(key, cursor, { count: runs.length, page: bodyRows(state.size) });
  return next === null ? state : { ...state, overlay: { kind: 'choose-run', cursor: next } };
}

function onLeaveKey(state: UiState, overlay: Extract<Overlay, { kind: 'leave' }>, key: Key): UiState {
  switch (key) {
    case 'escape':
      return { ...state, overlay: null };
    case 'q':
    case 'v':
      return { ...state, overlay: null, left: 'view' };
    case 's':
      return { ...state, overlay: null, left: 'stop' };
    case 'enter':
      if (overlay.choice === 2) return { ...state, overlay: null };
      return { ...state, overlay: null, left: overlay.choice === 0 ? 'view' : 'stop' };
    default: {
      const step =
        { down: 1, j: 1, right: 1, l: 1, tab: 1, up: 2, k: 2, left: 2, h: 2, 'shift-tab': 2 }[key] ?? 0;
      const choice = (overlay.choice + step) % 3;
      return { ...state, overlay: { kind: 'leave', choice: choice === 1 || choice === 2 ? choice : 0 } };
    }
  }
}
