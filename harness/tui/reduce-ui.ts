import { safeText } from '../report/safe-text.ts';
import { onKey } from './reduce/on-key.ts';
import { onText } from './reduce/on-typing.ts';
import type { UiData, UiEvent } from './ui-event.ts';
import type { RecordTarget, UiState } from './ui-state.ts';

/** The state after a key, a change of the window, or data that has come. Pure: live and replay, tests and terminal share it. */
export function reduceUi(state: UiState, event: UiEvent): UiState {
  switch (event.kind) {
    case 'key':
      return onKey({ ...state, message: null }, event.key);
    case 'text':
      return onText(state, event.text);
    case 'resize':
      return { ...state, size: event.size };
    default:
      return onData(state, event);
  }
}

function onData(state: UiState, data: UiData): UiState {
  switch (data.kind) {
    case 'list':
      return { ...state, list: { ...state.list, entries: data.entries } };
    case 'story':
      return data.directory === state.directory
        ? { ...state, story: data.story, pending: data.pending }
        : state;
    case 'against':
      return state.against?.directory === data.directory
        ? { ...state, against: { directory: data.directory, story: data.story } }
        : state;
    case 'record':
      return state.overlay?.kind === 'record' && isSame(state.overlay.target, data.target)
        ? { ...state, overlay: { ...state.overlay, fields: data.fields } }
        : state;
    case 'lines':
      return {
        ...state,
        timeline: { ...state.timeline, lines: { ...state.timeline.lines, page: data.page } },
      };
    case 'page':
      return state.overlay?.kind === 'page' && state.overlay.directory === data.directory
        ? { ...state, overlay: { ...state.overlay, lines: data.lines } }
        : state;
    case 'live':
      return onLive(state, data);
    case 'failed':
      return onFailed(state, data.message);
  }
}

function onLive(state: UiState, { live, directory }: Extract<UiData, { kind: 'live' }>): UiState {
  const asks = state.overlay?.kind === 'leave';
  const overlay = live.isOver && asks ? null : state.overlay;
  if (directory === undefined || directory === state.directory) return { ...state, live, overlay };
  return { ...state, live, overlay, directory, story: null, pending: 0 };
}

/** What cannot be had is not wanted any more; the reader is told why, and stands where it was asked for. */
function onFailed(state: UiState, text: string): UiState {
  const message = safeText(text, 400);
  const { overlay, against } = state;
  if (overlay?.kind === 'record' || overlay?.kind === 'page') return { ...state, overlay: null, message };
  if (state.screen === 'run' && state.story === null && state.list.entries !== null)
    return { ...state, screen: 'list', directory: null, message };
  if (against !== null && against.story === null) return { ...state, against: null, message };
  if (state.timeline.mode === 'lines')
    return { ...state, timeline: { ...state.timeline, mode: 'lanes' }, message };
  return { ...state, left: 'view', message };
}

function isSame(a: RecordTarget, b: RecordTarget): boolean {
  return a.scenarioId === b.scenarioId && a.arm === b.arm && a.seq === b.seq;
}
