import { pageRoom } from '../draw/body.ts';
import { plainBrush } from '../draw/brush.ts';
import { clamp } from '../geometry.ts';
import { scenarioOf, shownScenarios } from '../shown-scenarios.ts';
import type { Key } from '../ui-event.ts';
import { TABS, type Tab, type UiState } from '../ui-state.ts';
import { nextFinding } from './find.ts';
import { moved, pagesOf } from './move.ts';
import { onBlastKey } from './on-blast-key.ts';
import { onLayersKey } from './on-layers-key.ts';
import { onTimelineKey } from './on-timeline-key.ts';
import { toScenario } from './to-scenario.ts';

/** Keys inside a run: those of every tab first, then those of the tab in front. */
export function onRunKey(state: UiState, key: Key): UiState {
  const number = /^[1-6]$/.test(key) ? TABS[Number(key) - 1] : undefined;
  if (number !== undefined) return toTab(state, number);
  switch (key) {
    case 'tab':
      return toTab(state, TABS[(TABS.indexOf(state.tab) + 1) % TABS.length] ?? 'overview');
    case 'shift-tab':
      return toTab(state, TABS.at(TABS.indexOf(state.tab) - 1) ?? 'overview');
    case ']':
      return nextScenario(state, 1);
    case '[':
      return nextScenario(state, -1);
    case 'escape':
      return goBack(state);
    default:
      return onTabKey(state, key);
  }
}

function onTabKey(state: UiState, key: Key): UiState {
  switch (state.tab) {
    case 'timeline':
      return onTimelineKey(state, key);
    case 'blast-radius':
      return onBlastKey(state, key);
    case 'layers':
      return onLayersKey(state, key) ?? onPageKey(state, key);
    case 'overview':
      return onOverviewKey(state, key);
    case 'compare':
      return key === 'c'
        ? { ...state, overlay: { kind: 'choose-run', cursor: 0 } }
        : onCompareKey(state, key);
    default:
      return onPageKey(state, key);
  }
}

function toTab(state: UiState, tab: Tab): UiState {
  return tab === state.tab ? state : { ...state, tab, scroll: 0 };
}

function nextScenario(state: UiState, step: 1 | -1): UiState {
  const ids = shownScenarios(state).map(({ id }) => id);
  const at = ids.indexOf(scenarioOf(state)?.id ?? '');
  const id = ids[clamp(at + step, 0, ids.length - 1)];
  return id === undefined || at === -1 || id === ids[at] ? state : toScenario(state, id);
}

/** Undoes what narrows the view, then goes back to the list where there is one. */
function goBack(state: UiState): UiState {
  if (state.search !== '') return { ...state, search: '' };
  if (state.tab === 'timeline' && state.timeline.mode !== 'lanes')
    return { ...state, timeline: { ...state.timeline, mode: 'lanes' } };
  if (state.list.entries !== null && state.live === null)
    return { ...state, screen: 'list', directory: null, story: null, pending: 0, against: null };
  return { ...state, message: 'q leaves; ? shows all keys.' };
}

function onOverviewKey(state: UiState, key: Key): UiState {
  if (key === 'n' || key === 'N') return nextFinding(state, key === 'n' ? 1 : -1);
  const shown = shownScenarios(state);
  const at = shown.findIndex(({ id }) => id === scenarioOf(state)?.id);
  if (key === 'enter' || key === 'right' || key === 'l') return toTab(state, 'timeline');
  if (pagesOf(key) !== 0) return onPageKey(state, key);
  const next = moved(key, Math.max(0, at), { count: shown.length, page: 1 });
  const id = next === null || next === at ? undefined : shown[next]?.id;
  return id === undefined ? state : toScenario(state, id);
}

function onCompareKey(state: UiState, key: Key): UiState {
  if (key === 'x' && state.against !== null) return { ...state, against: null, scroll: 0 };
  return onPageKey(state, key);
}

/** Scrolls the tab's text. */
function onPageKey(state: UiState, key: Key): UiState {
  if (key === 'n' || key === 'N') return nextFinding(state, key === 'n' ? 1 : -1);
  const { lines, rows } = pageRoom(state, plainBrush);
  const last = Math.max(0, lines - rows);
  const next = moved(key, clamp(state.scroll, 0, last), { count: last + 1, page: rows });
  return next === null ? state : { ...state, scroll: next };
}
