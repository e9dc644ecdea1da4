import { safeText } from '../../report/safe-text.ts';
import type { Key } from '../ui-event.ts';
import type { UiState } from '../ui-state.ts';
import { nextFinding } from './find.ts';

const LONGEST_SEARCH = 64;

/** Keys while the words of a search are typed. */
export function onTypingKey(state: UiState, key: Key): UiState {
  const typed = state.typing ?? '';
  switch (key) {
    case 'escape':
      return { ...state, typing: null, search: '' };
    case 'enter':
      return searched({ ...state, typing: null, search: typed.trim().toLowerCase() });
    case 'backspace':
    case 'delete':
      return { ...state, typing: [...typed].slice(0, -1).join('') };
    case 'ctrl-u':
      return { ...state, typing: '' };
    default:
      return [...key].length === 1 ? onText(state, key) : state;
  }
}

/** Text that was typed or pasted; nothing happens while nothing is being typed. */
export function onText(state: UiState, text: string): UiState {
  if (state.typing === null) return state;
  // A space at the end is part of what is being typed, and `safeText` would take it.
  const safe = text === ' ' ? ' ' : safeText(text, LONGEST_SEARCH);
  return { ...state, typing: [...`${state.typing}${safe}`].slice(0, LONGEST_SEARCH).join('') };
}

function searched(state: UiState): UiState {
  if (state.screen === 'list') return { ...state, list: { ...state.list, cursor: 0 } };
  return state.search === '' ? state : nextFinding(state, 1);
}
