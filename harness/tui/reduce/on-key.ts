import type { Key } from '../ui-event.ts';
import { FILTERS, type UiState } from '../ui-state.ts';
import { onListKey } from './on-list-key.ts';
import { onOverlayKey } from './on-overlay-key.ts';
import { onRunKey } from './on-run-key.ts';
import { onTypingKey } from './on-typing.ts';

/** What a key does: to what is typed, to what lies on top, to any screen, to the screen in front, in this order. */
export function onKey(state: UiState, key: Key): UiState {
  if (key === 'ctrl-c') return { ...state, left: 'interrupted' };
  if (state.typing !== null) return onTypingKey(state, key);
  if (state.overlay !== null) return onOverlayKey(state, state.overlay, key);
  switch (key) {
    case 'q':
      return leave(state);
    case '?':
      return { ...state, overlay: { kind: 'help', scroll: 0 } };
    case '/':
      return { ...state, typing: '' };
    case 'f':
      return nextFilter(state);
    default:
      return state.screen === 'list' ? onListKey(state, key) : onRunKey(state, key);
  }
}

/** While a run goes on it asks first: nobody stops a run, or loses sight of it, by accident. */
function leave(state: UiState): UiState {
  if (state.live === null || state.live.isOver) return { ...state, left: 'view' };
  return { ...state, overlay: { kind: 'leave', choice: 0 } };
}

function nextFilter(state: UiState): UiState {
  const filter = FILTERS[(FILTERS.indexOf(state.filter) + 1) % FILTERS.length] ?? 'all';
  const message =
    filter === 'all' ? 'Everything is shown again.' : `Only ${filter}; f again for the next filter.`;
  return { ...state, filter, message, scroll: 0, list: { ...state.list, cursor: 0 } };
}
