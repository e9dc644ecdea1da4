import { blastViews, chosenRow } from '../draw/blast-views.ts';
import { clamp } from '../geometry.ts';
import { scenarioOf } from '../shown-scenarios.ts';
import type { Key } from '../ui-event.ts';
import type { UiState } from '../ui-state.ts';
import { moved } from './move.ts';

/** Free scrubbing goes by this share of the arm's length. */
const SCRUB = 1 / 48;

/** Keys of the blast radius: left and right go from change to change, H and L scrub freely, up and down choose a service. */
export function onBlastKey(state: UiState, key: Key): UiState {
  const scenario = scenarioOf(state);
  if (scenario === null) return state;
  const { views, endMs, changes } = blastViews(scenario, {
    atMs: state.blast.atMs,
    arms: state.timeline.arms,
  });
  const { atMs } = state.blast;
  const at = (time: number | null): UiState => ({ ...state, blast: { ...state.blast, atMs: time } });
  switch (key) {
    case 'right':
    case 'l': {
      const next = changes.find(time => time > (atMs ?? -1));
      return next === undefined ? { ...state, message: 'Nothing changes after this.' } : at(next);
    }
    case 'left':
    case 'h': {
      const before = changes.findLast(time => time < (atMs ?? Number.POSITIVE_INFINITY));
      return before === undefined ? at(0) : at(before);
    }
    case 'L':
      return at(clamp((atMs ?? 0) + endMs * SCRUB, 0, endMs));
    case 'H':
      return at(clamp((atMs ?? endMs) - endMs * SCRUB, 0, endMs));
    case '0':
      return at(0);
    case 'w':
      return at(null);
    case 'a':
      return {
        ...state,
        timeline: { ...state.timeline, arms: state.timeline.arms === 'all' ? 'mistake' : 'all' },
      };
    default: {
      const count = views[0]?.rows.length ?? 0;
      const row = moved(key, chosenRow(views, state.blast.row), { count, page: 8 });
      return row === null ? state : { ...state, blast: { ...state.blast, row } };
    }
  }
}
