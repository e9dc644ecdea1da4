import { bodyRows } from '../geometry.ts';
import { NO_RUN } from '../initial-ui.ts';
import { headOf } from '../list-entry.ts';
import { shownEntries } from '../shown-scenarios.ts';
import type { Key } from '../ui-event.ts';
import type { UiState } from '../ui-state.ts';
import { moved } from './move.ts';

/** Keys of the list of runs and game days. */
export function onListKey(state: UiState, key: Key): UiState {
  const entries = shownEntries(state);
  const { cursor } = state.list;
  switch (key) {
    case 'enter':
    case 'right':
    case 'l':
      return opened(state, entries[cursor]);
    case 'escape':
      return { ...state, search: '', filter: 'all' };
    case 'r':
      return { ...state, list: { ...state.list, entries: null } };
    default: {
      const next = moved(key, cursor, { count: entries.length, page: bodyRows(state.size) });
      return next === null ? state : { ...state, list: { ...state.list, cursor: next } };
    }
  }
}

function opened(state: UiState, entry: ReturnType<typeof shownEntries>[number] | undefined): UiState {
  if (entry === undefined) return state;
  const { directory } = headOf(entry);
  if (entry.kind === 'game-day')
    return { ...state, overlay: { kind: 'page', directory, lines: null, scroll: 0 } };
  return { ...state, ...NO_RUN, screen: 'run', directory, search: '', against: null };
}
